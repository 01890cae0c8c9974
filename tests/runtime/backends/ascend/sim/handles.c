// SPDX-License-Identifier: Apache-2.0
// Everything that was handed out and must be given back.
#include <stdio.h>
#include <stdlib.h>

#include "sim.h"

typedef struct Handle {
    struct Handle *next;
    const void *handle;
    size_t size_bytes;
} Handle;

static Handle *live[HANDLE_KINDS];
static const char *const NAMES[HANDLE_KINDS] = {
    "context", "stream", "event", "device memory", "host memory", "model", "desc", "dataset", "buffer",
    "tensor desc", "op attributes", "graph", "built model"};

static Handle **place(HandleKind kind, const void *handle) {
    Handle **at = &live[kind];
    while (*at && (*at)->handle != handle) at = &(*at)->next;
    return at;
}

void handle_add(HandleKind kind, const void *handle, size_t size_bytes) {
    Handle *added = malloc(sizeof *added);
    *added = (Handle){live[kind], handle, size_bytes};
    live[kind] = added;
}

int handle_is(HandleKind kind, const void *handle) { return handle && *place(kind, handle); }

int handle_remove(HandleKind kind, const void *handle) {
    Handle **at = place(kind, handle), *removed = *at;
    if (!removed) return 0;
    *at = removed->next;
    free(removed);
    return 1;
}

size_t handle_size(HandleKind kind, const void *handle) {
    Handle *found = *place(kind, handle);
    return found ? found->size_bytes : 0;
}

const void *handle_any(HandleKind kind, int (*wanted)(const void *, const void *), const void *with) {
    for (Handle *each = live[kind]; each; each = each->next)
        if (wanted(each->handle, with)) return each->handle;
    return NULL;
}

int handles_live(void) {
    int count = 0;
    for (int kind = 0; kind < HANDLE_KINDS; kind++)
        for (Handle *each = live[kind]; each; each = each->next) count++;
    return count;
}

// What is live, as "2 stream, 1 model"; returns how many.
EXPORT int sim_live(char *text, size_t length) {
    size_t used = 0;
    if (length) text[0] = 0;
    sim_lock();
    for (int kind = 0; kind < HANDLE_KINDS; kind++) {
        int count = 0;
        for (Handle *each = live[kind]; each; each = each->next) count++;
        if (count && used < length)
            used += snprintf(text + used, length - used, "%s%d %s", used ? ", " : "", count, NAMES[kind]);
    }
    int total = handles_live();
    sim_unlock();
    return total;
}
