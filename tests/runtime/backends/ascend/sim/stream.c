// SPDX-License-Identifier: Apache-2.0
// Streams and events: work is done when its stream is synchronised, and takes its time until then.
//
// A stream's timeline is kept in ns of the monotonic clock: work begins when it was submitted and
// what it waits for has ended, computing also when the one device is free of other computing.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim.h"

typedef struct Task {
    struct Task *next;
    Work work;  // NULL: waits until `until` of the stream `of` is done
    void *what;
    aclrtStream of;
    uint64_t number, until;
} Task;

struct Stream {
    Context *context;
    Task *first, **last;
    uint64_t submitted, done;
    int64_t end_ns;
};

struct Event {
    Context *context;
    aclrtStream of;
    uint64_t number;
    int64_t end_ns;
};

typedef struct {
    void *to;
    const void *from;
    size_t size_bytes;
    int value;
} Copy;


static int64_t cores_free_ns;
static char timeline[1 << 16];
static size_t timeline_used;
static aclrtStream defaults[16];

static int64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void wait_until(int64_t end_ns) {
    struct timespec end = {end_ns / 1000000000LL, end_ns % 1000000000LL};
    if (end_ns <= now_ns()) return;
    sim_unlock();  // as the real calls do, so that other threads go on submitting
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) == EINTR) {}
    sim_lock();
}

static aclrtStream new_stream(Context *context) {
    aclrtStream stream = calloc(1, sizeof *stream);
    stream->context = context, stream->last = &stream->first;
    return stream;
}

aclrtStream default_stream(void) {
    aclrtStream *stream = &defaults[current_context->device];
    if (!*stream) *stream = new_stream(current_context);
    (*stream)->context = current_context;
    return *stream;
}

aclError stream_check(aclrtStream stream) {
    aclError code = need_context();
    if (code) return code;
    if (!stream || handle_is(STREAM, stream)) {
        if (!stream || stream->context == current_context) return ACL_SUCCESS;
        return sim_fail(ACL_ERROR_RT_STREAM_CONTEXT, "EE1003: stream is not of the current context");
    }
    return sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: no such stream");
}

static Task *append(aclrtStream stream, Task task) {
    Task *added = malloc(sizeof *added);
    *added = task;
    added->next = NULL, added->number = ++stream->submitted;
    *stream->last = added, stream->last = &added->next;
    return added;
}

void stream_push(aclrtStream stream, Work work, void *what, int64_t cost_ns, int on_cores) {
    int64_t begin_ns = now_ns();
    if (stream->end_ns > begin_ns) begin_ns = stream->end_ns;
    if (on_cores && cores_free_ns > begin_ns) begin_ns = cores_free_ns;
    stream->end_ns = begin_ns + cost_ns;
    if (on_cores) cores_free_ns = stream->end_ns;
    if (cost_ns && timeline_used + 64 < sizeof timeline)
        timeline_used += sprintf(timeline + timeline_used, "%s %ld %ld\n", on_cores ? "compute" : "copy", begin_ns, stream->end_ns);
    append(stream, (Task){.work = work, .what = what});
}

static void drain_until(aclrtStream stream, uint64_t number) {
    while (stream->first && stream->done < number) {
        Task *task = stream->first;
        stream->first = task->next;
        if (!stream->first) stream->last = &stream->first;
        if (task->work) task->work(task->what);
        else if (handle_is(STREAM, task->of)) drain_until(task->of, task->until);
        stream->done = task->number;
        free(task);
    }
}

void stream_drain(aclrtStream stream) {
    drain_until(stream, stream->submitted);
    wait_until(stream->end_ns);
}

EXPORT aclError aclrtCreateStream(aclrtStream *stream) {
    BEGIN();
    aclError code = need_context();
    if (code) END(code);
    *stream = new_stream(current_context);
    handle_add(STREAM, *stream, 0);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtDestroyStream(aclrtStream stream) {
    BEGIN();
    aclError code = stream_check(stream);
    if (code) END(code);
    stream_drain(stream);
    handle_remove(STREAM, stream);
    free(stream);
    END(ACL_SUCCESS);
}

static aclError synchronize(aclrtStream stream) {
    aclError code = stream_check(stream);
    if (!code) stream_drain(stream ? stream : default_stream());
    return code;
}

EXPORT aclError aclrtSynchronizeStream(aclrtStream stream) {
    BEGIN();
    END(synchronize(stream));
}

EXPORT aclError aclrtSynchronizeStreamWithTimeout(aclrtStream stream, int32_t timeout_ms) {
    BEGIN();
    aclError code = stream_check(stream);
    int64_t latest_ns = now_ns() + timeout_ms * 1000000LL;
    if (code || timeout_ms < 0 || stream->end_ns <= latest_ns) END(code ? code : synchronize(stream));
    wait_until(latest_ns);
    END(sim_fail(ACL_ERROR_RT_STREAM_SYNC_TIMEOUT, "EE1005: stream is not done after %d ms", timeout_ms));
}

EXPORT aclError aclrtSynchronizeDevice(void) {
    BEGIN();
    aclError code = need_context();
    if (!code) stream_drain(default_stream());
    END(code);
}

EXPORT aclError aclrtCreateEvent(aclrtEvent *event) {
    BEGIN();
    aclError code = need_context();
    if (code) END(code);
    *event = calloc(1, sizeof **event);
    (*event)->context = current_context;
    handle_add(EVENT, *event, 0);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtDestroyEvent(aclrtEvent event) {
    BEGIN();
    if (!handle_remove(EVENT, event)) END(sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: no such event"));
    free(event);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtRecordEvent(aclrtEvent event, aclrtStream stream) {
    BEGIN();
    aclError code = stream_check(stream);
    if (!code && !handle_is(EVENT, event)) code = sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: no such event");
    if (code) END(code);
    if (!stream) stream = default_stream();
    event->of = stream, event->number = stream->submitted;
    event->end_ns = stream->end_ns;
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtStreamWaitEvent(aclrtStream stream, aclrtEvent event) {
    BEGIN();
    aclError code = stream_check(stream);
    if (!code && !handle_is(EVENT, event)) code = sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: no such event");
    if (code) END(code);
    if (!stream) stream = default_stream();
    if (!event->of) END(ACL_SUCCESS);  // never recorded: nothing to wait for
    if (event->end_ns > stream->end_ns) stream->end_ns = event->end_ns;
    append(stream, (Task){.of = event->of, .until = event->number});
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtSynchronizeEvent(aclrtEvent event) {
    BEGIN();
    aclError code = need_context();
    if (!code && !handle_is(EVENT, event)) code = sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: no such event");
    if (code || !event->of) END(code);
    drain_until(event->of, event->number);
    wait_until(event->end_ns);
    END(ACL_SUCCESS);
}

static int64_t copy_ns(size_t size_bytes) {
    const char *text = getenv("ASCENDSIM_COPY_US_PER_MB");
    return text ? (int64_t)(atof(text) * 1000 * size_bytes / (1 << 20)) : 0;
}

static void copy(void *what) {
    Copy *each = what;
    if (each->from) memcpy(each->to, each->from, each->size_bytes);
    else memset(each->to, each->value, each->size_bytes);
    free(each);
}

static aclError check_copy(void *to, size_t most, const void *from, size_t size_bytes) {
    aclError code = need_context();
    if (code) return code;
    if (!to || !from) return sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: null pointer");
    if (size_bytes > most) return sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: %zu bytes do not fit into %zu", size_bytes, most);
    return ACL_SUCCESS;
}

EXPORT aclError aclrtMemcpy(void *to, size_t most, const void *from, size_t size_bytes, int kind) {
    (void)kind;
    BEGIN();
    aclError code = check_copy(to, most, from, size_bytes);
    if (code) END(code);
    memcpy(to, from, size_bytes);
    wait_until(now_ns() + copy_ns(size_bytes));
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtMemcpyAsync(void *to, size_t most, const void *from, size_t size_bytes, int kind, aclrtStream stream) {
    (void)kind;
    BEGIN();
    aclError code = check_copy(to, most, from, size_bytes);
    if (!code) code = stream_check(stream);
    if (code) END(code);
    Copy *each = malloc(sizeof *each);
    *each = (Copy){to, from, size_bytes, 0};
    stream_push(stream ? stream : default_stream(), copy, each, copy_ns(size_bytes), 0);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtMemsetAsync(void *to, size_t most, int32_t value, size_t size_bytes, aclrtStream stream) {
    BEGIN();
    aclError code = check_copy(to, most, to, size_bytes);
    if (!code) code = stream_check(stream);
    if (code) END(code);
    Copy *each = malloc(sizeof *each);
    *each = (Copy){to, NULL, size_bytes, value};
    stream_push(stream ? stream : default_stream(), copy, each, 0, 0);
    END(ACL_SUCCESS);
}

// What took time on the device since the last time: "copy <begin ns> <end ns>" or "compute ...".
EXPORT const char *sim_timeline(void) {
    static char taken[sizeof timeline];
    sim_lock();
    memcpy(taken, timeline, timeline_used);
    taken[timeline_used] = 0;
    timeline_used = 0;
    sim_unlock();
    return taken;
}
