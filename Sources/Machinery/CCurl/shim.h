// SPDX-License-Identifier: Apache-2.0
// curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one wrapper for each signature.
#pragma once
#include <curl/curl.h>

typedef size_t (*outbound_write)(char *bytes, size_t size, size_t count, void *context);
typedef int (*outbound_progress)(void *context, curl_off_t toGet, curl_off_t got, curl_off_t toPut, curl_off_t put);

static inline CURLcode outbound_set_text(CURL *curl, CURLoption option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_number(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_size(CURL *curl, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_pointer(CURL *curl, CURLoption option, void *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_list(CURL *curl, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_mime(CURL *curl, curl_mime *value) {
  return curl_easy_setopt(curl, CURLOPT_MIMEPOST, value);
}
static inline CURLcode outbound_set_write(CURL *curl, CURLoption option, outbound_write value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode outbound_set_progress(CURL *curl, outbound_progress value) {
  return curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, value);
}
static inline CURLcode outbound_answer_code(CURL *curl, long *value) {
  return curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, value);
}
/// CURL_GLOBAL_ALL is a macro with a cast.
static inline CURLcode outbound_global_init(void) { return curl_global_init(CURL_GLOBAL_ALL); }
