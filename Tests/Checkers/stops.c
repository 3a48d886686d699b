// SPDX-License-Identifier: Apache-2.0
// Widens the moment in which a process ends: loaded before it, the thread-local cleanup of libcrypto waits a little,
// and the process waits longer before it is gone. What is cleaned up twice is then found within a few stops.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { CLEANUP_US = 200000, END_US = 600000, KEYS = 4 };

typedef void (*cleanup)(void *);
static cleanup kept[KEYS];
static int count;

static void later(int key, void *value) {
    usleep(CLEANUP_US);
    kept[key](value);
}
static void later0(void *value) { later(0, value); }
static void later1(void *value) { later(1, value); }
static void later2(void *value) { later(2, value); }
static void later3(void *value) { later(3, value); }
static const cleanup late[KEYS] = {later0, later1, later2, later3};

int pthread_key_create(pthread_key_t *key, cleanup ours) {
    int (*real)(pthread_key_t *, cleanup) = dlsym(RTLD_NEXT, "pthread_key_create");
    Dl_info origin;
    if (ours && dladdr((void *)ours, &origin) && origin.dli_fname && strstr(origin.dli_fname, "libcrypto")) {
        int place = __sync_fetch_and_add(&count, 1);
        if (place < KEYS) {
            kept[place] = ours;
            ours = late[place];
        }
    }
    return real(key, ours);
}

__attribute__((destructor)) static void end(void) { usleep(END_US); }
