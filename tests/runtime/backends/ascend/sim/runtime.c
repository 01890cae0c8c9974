// SPDX-License-Identifier: Apache-2.0
// Start and end, devices, contexts by thread, memory.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

enum { MOST_DEVICES = 16, ALIGNMENT = 32 };

static int references;
static int was_finalized;
static Context *defaults[MOST_DEVICES];
static size_t memory_used;
static size_t memory_total;
__thread Context *current_context;

static size_t number(const char *variable, size_t otherwise) {
    const char *text = getenv(variable);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

static size_t memory_bytes(void) {
    return memory_total ? memory_total : number("ASCENDSIM_MEMORY_BYTES", (size_t)1 << 30);
}

// As the driver does: ASCEND_RT_VISIBLE_DEVICES chooses, and numbers anew from 0.
static int device_count(void) {
    int count = number("ASCENDSIM_DEVICES", 1);
    const char *visible = getenv("ASCEND_RT_VISIBLE_DEVICES");
    if (!visible) return count;
    int shown = 0;
    for (const char *at = visible; *at; at += strcspn(at, ","), at += *at == ',')
        if (atoi(at) >= count) break;
        else shown++;
    return shown;
}

const char *soc_name(void) {
    const char *soc = getenv("ASCENDSIM_SOC");
    return soc ? soc : "Ascend310P3";
}

aclError need_context(void) {
    if (!references) return sim_fail(ACL_ERROR_UNINITIALIZE, "EH0001: AscendCL is not initialized");
    if (!current_context || !(current_context->is_default || handle_is(CONTEXT, current_context)))
        return sim_fail(ACL_ERROR_RT_CONTEXT_NULL, "EE1002: context pointer is null in this thread");
    return ACL_SUCCESS;
}

int device_memory_take(size_t size_bytes) {
    if (memory_used + size_bytes > memory_bytes()) return 0;
    memory_used += size_bytes;
    return 1;
}

void device_memory_give_back(size_t size_bytes) { memory_used -= size_bytes; }

EXPORT void sim_set_memory(size_t total_bytes) { memory_total = total_bytes; }

EXPORT aclError aclInit(const char *config_path) {
    (void)config_path;
    BEGIN();
    END(references++ ? ACL_ERROR_REPEAT_INITIALIZE : ACL_SUCCESS);
}

static void report_leaks(void) {
    int count = handles_live();
    if (count) fprintf(stderr, "ascend simulator: %d handles are not given back\n", count);
}

EXPORT aclError aclFinalize(void) {
    BEGIN();
    if (!references) END(was_finalized ? ACL_ERROR_REPEAT_FINALIZE : ACL_ERROR_UNINITIALIZE);
    references = 0, was_finalized = 1;
    report_leaks();
    END(ACL_SUCCESS);
}

EXPORT aclError aclFinalizeReference(uint64_t *left) {
    BEGIN();
    if (!references) END(ACL_ERROR_REPEAT_FINALIZE);
    *left = --references;
    if (!references) was_finalized = 1, report_leaks();
    END(ACL_SUCCESS);
}

EXPORT const char *aclrtGetSocName(void) { return soc_name(); }

EXPORT aclError aclrtGetVersion(int32_t *major, int32_t *minor, int32_t *patch) {
    *major = 1, *minor = 15, *patch = 0;
    return ACL_SUCCESS;
}

// CANN reads it in the files of its toolkit, and fails where set_env.sh was not sourced.
EXPORT aclError aclsysGetCANNVersion(int package, aclCANNPackageVersion *version) {
    (void)package;
    BEGIN();
    const char *text = getenv("ASCENDSIM_CANN_VERSION");
    if (text && !*text) END(sim_fail(ACL_ERROR_INVALID_FILE, "EH0003: no version file in ASCEND_HOME_PATH"));
    memset(version, 0, sizeof *version);
    snprintf(version->version, sizeof version->version, "%s", text ? text : "8.2.RC1");
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtGetDeviceCount(uint32_t *count) {
    BEGIN();
    *count = device_count();
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtGetRunMode(int *mode) {
    BEGIN();
    aclError code = need_context();
    *mode = 1;  // ACL_HOST: a card behind PCIe
    END(code);
}

static aclError check_device(int device) {
    if (!references) return sim_fail(ACL_ERROR_UNINITIALIZE, "EH0001: AscendCL is not initialized");
    if (device >= 0 && device < device_count() && device < MOST_DEVICES) return ACL_SUCCESS;
    return sim_fail(ACL_ERROR_RT_INVALID_DEVICEID, "EE1001: invalid device id %d, there are %d", device, device_count());
}

EXPORT aclError aclrtSetDevice(int32_t device) {
    BEGIN();
    aclError code = check_device(device);
    if (code) END(code);
    if (!defaults[device]) {
        defaults[device] = calloc(1, sizeof(Context));
        *defaults[device] = (Context){device, 1};
    }
    current_context = defaults[device];
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtResetDevice(int32_t device) {
    BEGIN();
    aclError code = check_device(device);
    if (!code && current_context == defaults[device]) current_context = NULL;
    END(code);
}

EXPORT aclError aclrtGetDevice(int32_t *device) {
    BEGIN();
    aclError code = need_context();
    if (!code) *device = current_context->device;
    END(code);
}

EXPORT aclError aclrtCreateContext(aclrtContext *context, int32_t device) {
    BEGIN();
    aclError code = check_device(device);
    if (code) END(code);
    *context = current_context = calloc(1, sizeof(Context));
    current_context->device = device;
    handle_add(CONTEXT, *context, 0);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtDestroyContext(aclrtContext context) {
    BEGIN();
    if (!handle_remove(CONTEXT, context)) END(sim_fail(ACL_ERROR_RT_CONTEXT_NULL, "EE1001: no such context"));
    if (current_context == context) current_context = NULL;
    END(ACL_SUCCESS);  // not freed: no later context may get the address that other threads still have
}

EXPORT aclError aclrtSetCurrentContext(aclrtContext context) {
    BEGIN();
    int known = handle_is(CONTEXT, context) || (context && context->is_default);
    if (known) current_context = context;
    END(known ? ACL_SUCCESS : sim_fail(ACL_ERROR_RT_CONTEXT_NULL, "EE1001: no such context"));
}

EXPORT aclError aclrtGetCurrentContext(aclrtContext *context) {
    BEGIN();
    aclError code = need_context();
    if (!code) *context = current_context;
    END(code);
}

EXPORT aclError aclrtMalloc(void **memory, size_t size_bytes, int policy) {
    (void)policy;
    BEGIN();
    aclError code = need_context();
    if (!code && (!memory || !size_bytes)) code = sim_fail(ACL_ERROR_INVALID_PARAM, "EH0006: size is 0");
    size_t taken = (size_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT + ALIGNMENT;
    if (!code && !device_memory_take(taken))
        code = sim_fail(ACL_ERROR_RT_MEMORY_ALLOCATION, "EL0004: failed to allocate %zu bytes", size_bytes);
    if (code) END(code);
    *memory = aligned_alloc(64, (taken + 63) / 64 * 64);
    memset(*memory, 0xAB, taken);
    handle_add(DEVICE_MEMORY, *memory, taken);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtFree(void *memory) {
    BEGIN();
    size_t taken = handle_size(DEVICE_MEMORY, memory);
    if (!handle_remove(DEVICE_MEMORY, memory)) END(sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: not device memory"));
    device_memory_give_back(taken);
    free(memory);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtMallocHost(void **memory, size_t size_bytes) {
    BEGIN();
    aclError code = need_context();
    if (!code && !size_bytes) code = sim_fail(ACL_ERROR_INVALID_PARAM, "EH0006: size is 0");
    if (code) END(code);
    *memory = aligned_alloc(64, (size_bytes + 63) / 64 * 64);
    handle_add(HOST_MEMORY, *memory, size_bytes);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtFreeHost(void *memory) {
    BEGIN();
    if (!handle_remove(HOST_MEMORY, memory)) END(sim_fail(ACL_ERROR_RT_PARAM_INVALID, "EE1001: not host memory"));
    free(memory);
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtGetMemInfo(int attribute, size_t *free_bytes, size_t *total_bytes) {
    BEGIN();
    aclError code = need_context();
    // A 310P has DDR (0) only, a 910 HBM (1).
    int has = strstr(soc_name(), "310") ? attribute == 0 : attribute == 1;
    if (code) END(code);
    *total_bytes = has ? memory_bytes() : 0;
    *free_bytes = has ? memory_bytes() - memory_used : 0;
    END(ACL_SUCCESS);
}

EXPORT aclError aclrtGetDeviceUtilizationRate(int32_t device, aclrtUtilizationInfo *rates) {
    BEGIN();
    aclError code = check_device(device);
    int busy = number("ASCENDSIM_UTILIZATION_PERCENT", 37), memory = memory_used * 100 / memory_bytes();
    *rates = (aclrtUtilizationInfo){busy, -1, 5, memory, NULL};  // -1: this chip cannot say
    END(code);
}
