-- SPDX-License-Identifier: Apache-2.0
-- For wrk: every answer is looked at, not only counted. A fast refusal is no page.
local expected = os.getenv("MOTCUA_LOAD_WORD")
local tagged = os.getenv("MOTCUA_LOAD_TAGGED")
local thread_of_answers

function setup(thread) thread_of_answers = thread end

function init()
  wrong, unchanged, first = 0, 0, ""
  math.randomseed(1)
end

-- Look-ups by strangers are limited for each client address: here each request comes from another one, as a proxy tells.
if os.getenv("MOTCUA_LOAD_CLIENTS") then
  function request()
    local parts = { 10, math.random(0, 255), math.random(0, 255), math.random(1, 254) }
    wrk.headers["X-Forwarded-For"] = table.concat(parts, ".")
    return wrk.format()
  end
end

function response(status, _, body)
  -- 304 has no body; who shows no tag is never told so.
  if status == 304 and tagged then
    unchanged = unchanged + 1
  elseif status ~= (expected and 200 or 303) or expected and not string.find(body, expected, 1, true) then
    wrong = wrong + 1
    if first == "" then first = tostring(status) end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "microseconds": %d, "wrong": %d, "unchanged": %d, "first": "%s", "broken": %d, "p50": %d, "p99": %d, "bytes": %d}\n',
    summary.requests, summary.duration, thread_of_answers:get("wrong"),
    thread_of_answers:get("unchanged"), thread_of_answers:get("first"),
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(50), latency:percentile(99),
    summary.bytes))
end
