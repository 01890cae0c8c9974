// SPDX-License-Identifier: Apache-2.0
// The one lock, the last error's text, and faults by script.
//
// A fault is "call after count code": the call fails `count` times (-1: for ever) once it was made
// `after` times; "call ~n count code" fails one call in n, chosen by a fixed sequence. The call "*"
// is any. By sim_fault(), or as lines of the file that ASCENDSIM_FAULTS names, read again when it
// has changed.
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim.h"

typedef struct {
    char call[64];
    int after, count, one_in;
    aclError code;
} Fault;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static __thread char message[512];
static Fault faults[64];
static int fault_count;
static uint64_t sequence = 88172645463325252ULL;
static struct timespec script_time;
static char calls[1 << 16];
static size_t calls_used;
static int recording;

void sim_lock(void) { pthread_mutex_lock(&lock); }
void sim_unlock(void) { pthread_mutex_unlock(&lock); }

static void add_fault(const char *call, int after, int one_in, int count, aclError code) {
    if (fault_count == 64) abort();
    Fault *fault = &faults[fault_count++];
    snprintf(fault->call, sizeof fault->call, "%s", call);
    fault->after = after, fault->one_in = one_in, fault->count = count, fault->code = code;
}

static void read_script(void) {
    const char *path = getenv("ASCENDSIM_FAULTS");
    struct stat status;
    if (!path || stat(path, &status)) return;
    if (!memcmp(&status.st_mtim, &script_time, sizeof script_time)) return;
    script_time = status.st_mtim;
    fault_count = 0;
    FILE *file = fopen(path, "r");
    char call[64], when[32];
    int count, code;
    while (file && fscanf(file, "%63s %31s %d %d", call, when, &count, &code) == 4) {
        int one_in = when[0] == '~' ? atoi(when + 1) : 0;
        add_fault(call, one_in ? 0 : atoi(when), one_in, count, code);
    }
    if (file) fclose(file);
}

static unsigned chance(unsigned one_in) {
    sequence ^= sequence << 13, sequence ^= sequence >> 7, sequence ^= sequence << 17;
    return sequence % one_in == 0;
}

static aclError scripted(const char *call) {
    for (int i = 0; i < fault_count; i++) {
        Fault *fault = &faults[i];
        if (strcmp(fault->call, "*") && strcmp(fault->call, call)) continue;
        if (!fault->count) continue;
        if (fault->one_in ? !chance(fault->one_in) : fault->after-- > 0) continue;
        fault->after = 0;
        if (fault->count > 0) fault->count--;
        return fault->code;
    }
    return ACL_SUCCESS;
}

// For tests that watch other processes: a line is one write, so that none is torn.
static void tell(const char *call) {
    const char *path = getenv("ASCENDSIM_CALLS");
    if (!path) return;
    char line[128];
    int length = snprintf(line, sizeof line, "%d %s\n", getpid(), call);
    int file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0 || write(file, line, length) != length) abort();
    close(file);
}

aclError sim_begin(const char *call) {
    sim_lock();
    tell(call);
    if (recording && calls_used + strlen(call) + 2 < sizeof calls)
        calls_used += sprintf(calls + calls_used, "%s\n", call);
    read_script();
    aclError code = scripted(call);
    return code ? sim_fail(code, "EZ9999: scripted fault of %s", call) : ACL_SUCCESS;
}

aclError sim_end(aclError code) {
    sim_unlock();
    return code;
}

aclError sim_fail(aclError code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    const char *to_screen = getenv("ASCEND_SLOG_PRINT_TO_STDOUT");
    if (to_screen && !strcmp(to_screen, "1")) printf("[ERROR] ASCENDCL(%d,simulator): %s\n", getpid(), message);
    return code;
}

EXPORT const char *aclGetRecentErrMsg(void) {
    static __thread char taken[512];
    memcpy(taken, message, sizeof taken);
    message[0] = 0;
    return taken[0] ? taken : NULL;
}

EXPORT void sim_fault(const char *call, int after, int one_in, int count, aclError code) {
    sim_lock();
    add_fault(call, after, one_in, count, code);
    sim_unlock();
}

EXPORT void sim_clear_faults(void) {
    sim_lock();
    fault_count = 0;
    sim_unlock();
}

// The names of the calls since the last time, one a line; nothing is written down before the first.
EXPORT const char *sim_calls(void) {
    static char taken[sizeof calls];
    sim_lock();
    memcpy(taken, calls, calls_used);
    taken[calls_used] = 0;
    calls_used = 0, recording = 1;
    sim_unlock();
    return taken;
}
