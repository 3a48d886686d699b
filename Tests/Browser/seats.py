# SPDX-License-Identifier: Apache-2.0
"""What a person holds beside the page: the session of her browser, which another one may take over."""
import urllib.parse


class BrowserSeat:
    def session(self):
        """The secret of the session that this browser holds."""
        return next(one["value"] for one in self.context.cookies() if one["name"].endswith("phien"))

    def hold_session(self, secret):
        self.context.add_cookies([{"name": "phien", "value": secret, "url": self.demo.base}])

    def reveal(self, words):
        """Opens what stands folded under these words."""
        self.page.locator("summary", has_text=words).first.click()


class RobotSeat:
    def session(self):
        """The secret of the session that this robot holds."""
        jars = self.robot.cookies.values()
        return next(value for jar in jars for name, value in jar.items() if name.endswith("phien"))

    def hold_session(self, secret):
        host = urllib.parse.urlsplit(self.demo.base).netloc
        self.robot.cookies.setdefault(host, {})["phien"] = secret

    def reveal(self, words):
        """What is folded lies open to whoever reads the page itself."""
