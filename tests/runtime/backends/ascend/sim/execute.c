// SPDX-License-Identifier: Apache-2.0
// Datasets, gears, and running a model.
#include <stdlib.h>
#include <string.h>

#include "sim.h"

struct aclDataBuffer {
    void *data;
    size_t size_bytes;
};

struct aclmdlDataset {
    aclDataBuffer *buffers[64];
    size_t count;
    const int64_t *gear;  // set by aclmdlSetDynamic*, consumed by one execution
};

typedef struct {
    const Om *om;
    int64_t input_dims[64][8];
    void *inputs[64], *outputs[64];
    size_t input_bytes[64];
} Execution;

EXPORT aclDataBuffer *aclCreateDataBuffer(void *data, size_t size_bytes) {
    BEGIN_HANDLE();
    aclDataBuffer *buffer = malloc(sizeof *buffer);
    *buffer = (aclDataBuffer){data, size_bytes};
    handle_add(BUFFER, buffer, 0);
    sim_unlock();
    return buffer;
}

EXPORT aclError aclDestroyDataBuffer(const aclDataBuffer *buffer) {
    BEGIN();
    if (!handle_remove(BUFFER, buffer)) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such buffer"));
    free((void *)buffer);
    END(ACL_SUCCESS);
}

EXPORT void *aclGetDataBufferAddr(const aclDataBuffer *buffer) { return buffer ? buffer->data : NULL; }

EXPORT size_t aclGetDataBufferSizeV2(const aclDataBuffer *buffer) { return buffer ? buffer->size_bytes : 0; }

EXPORT aclmdlDataset *aclmdlCreateDataset(void) {
    BEGIN_HANDLE();
    aclmdlDataset *dataset = calloc(1, sizeof *dataset);
    handle_add(DATASET, dataset, 0);
    sim_unlock();
    return dataset;
}

EXPORT aclError aclmdlDestroyDataset(const aclmdlDataset *dataset) {
    BEGIN();
    if (!handle_remove(DATASET, dataset)) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such dataset"));
    free((void *)dataset);
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlAddDatasetBuffer(aclmdlDataset *dataset, aclDataBuffer *buffer) {
    BEGIN();
    if (!handle_is(DATASET, dataset) || !handle_is(BUFFER, buffer) || dataset->count == 64)
        END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such dataset or buffer"));
    dataset->buffers[dataset->count++] = buffer;
    END(ACL_SUCCESS);
}

EXPORT size_t aclmdlGetDatasetNumBuffers(const aclmdlDataset *dataset) { return dataset ? dataset->count : 0; }

EXPORT aclDataBuffer *aclmdlGetDatasetBuffer(const aclmdlDataset *dataset, size_t index) {
    return dataset && index < dataset->count ? dataset->buffers[index] : NULL;
}

static aclError set_gear(uint32_t id, aclmdlDataset *dataset, size_t index, GearKind kind, const int64_t *wanted) {
    Model *model = model_find(id);
    if (!model) return sim_fail(ACL_ERROR_GE_EXEC_MODEL_ID_INVALID, "E19999: no model %u", id);
    const Om *om = model->om;
    if (!handle_is(DATASET, dataset) || index != (size_t)om->input_count || index >= dataset->count || wanted[0] <= 0)
        return sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: no buffer for the gear at %zu", index);
    for (int i = 0; i < om->gear_count && om->gear_kind == kind; i++)
        if (!memcmp(om->gears[i], wanted, om->gear_width * sizeof *wanted)) {
            model->gear = dataset->gear = om->gears[i];
            return ACL_SUCCESS;
        }
    return sim_fail(ACL_ERROR_GE_DYNAMIC_BATCH_SIZE_INVALID, "E10045: %ld is no gear of the model", wanted[0]);
}

EXPORT aclError aclmdlSetDynamicBatchSize(uint32_t id, aclmdlDataset *dataset, size_t index, uint64_t batch) {
    BEGIN();
    int64_t gear[32] = {batch};
    END(set_gear(id, dataset, index, BATCH_GEARS, gear));
}

EXPORT aclError aclmdlSetDynamicHWSize(uint32_t id, aclmdlDataset *dataset, size_t index, uint64_t height, uint64_t width) {
    BEGIN();
    int64_t gear[32] = {height, width};
    END(set_gear(id, dataset, index, IMAGE_GEARS, gear));
}

EXPORT aclError aclmdlSetInputDynamicDims(uint32_t id, aclmdlDataset *dataset, size_t index, const aclmdlIODims *dims) {
    BEGIN();
    Model *model = model_find(id);
    if (model && dims->dimCount != (size_t)model->om->gear_width)
        END(sim_fail(ACL_ERROR_GE_DYNAMIC_BATCH_SIZE_INVALID, "E10045: %zu dims, the gears have %d", dims->dimCount, model->om->gear_width));
    END(set_gear(id, dataset, index, DIMS_GEARS, dims->dims));
}

static int64_t cost_ns(const int64_t *gear) {
    const char *at = getenv("ASCENDSIM_COSTS_US");
    int64_t size = gear ? gear[0] : 1;
    while (at && *at) {
        char *end;
        long key = strtol(at, &end, 10);
        double us = *end == ':' ? strtod(end + 1, &end) : 0;
        if (key == size) return us * 1000;
        at = *end == ',' ? end + 1 : NULL;
    }
    return 0;
}

static aclError place_inputs(Execution *execution, const aclmdlDataset *in) {
    const Om *om = execution->om;
    for (int i = 0; i < om->input_count; i++) {
        const aclDataBuffer *buffer = in->buffers[i];
        if (!buffer->data) return sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: input %d has no data", i);
        size_t declared = tensor_bytes(&om->tensors[i], execution->input_dims[i]);
        // CANN does not look at a gear's own size, only at the buffer's declared one.
        int64_t most[64][8];
        dims_of_gear(om, largest_gear(om), most);
        if ((int64_t)buffer->size_bytes > tensor_bytes(&om->tensors[i], most[i]))
            return sim_fail(ACL_ERROR_INVALID_PARAM, "E19999: input %d has %zu bytes, more than the model takes", i, buffer->size_bytes);
        execution->inputs[i] = buffer->data;
        execution->input_bytes[i] = buffer->size_bytes < declared ? buffer->size_bytes : declared;
    }
    return ACL_SUCCESS;
}

static aclError place_outputs(Execution *execution, const aclmdlDataset *out) {
    const Om *om = execution->om;
    for (int i = 0; i < om->output_count; i++) {
        int64_t dims[8];
        output_dims(om, (const int64_t(*)[8])execution->input_dims, i, dims);
        size_t needed = tensor_bytes(&om->tensors[om->input_count + i], dims);
        if (!out->buffers[i]->data || out->buffers[i]->size_bytes < needed)
            return sim_fail(ACL_ERROR_INVALID_PARAM, "E19999: output %d needs %zu bytes", i, needed);
        execution->outputs[i] = out->buffers[i]->data;
    }
    return ACL_SUCCESS;
}

// Reads what the device would read: past a buffer that is too small there is anything.
static void compute(void *what) {
    Execution *execution = what;
    const void *inputs[64];
    for (int i = 0; i < execution->om->input_count; i++) {
        size_t declared = tensor_bytes(&execution->om->tensors[i], execution->input_dims[i]);
        char *read = malloc(declared + 1);
        memset(read, 0xAB, declared);
        memcpy(read, execution->inputs[i], execution->input_bytes[i]);
        inputs[i] = read;
    }
    kernels_run(execution->om, (const int64_t(*)[8])execution->input_dims, inputs, execution->outputs);
    for (int i = 0; i < execution->om->input_count; i++) free((void *)inputs[i]);
    free(execution);
}

static aclError submit(uint32_t id, aclmdlDataset *in, aclmdlDataset *out, aclrtStream stream) {
    aclError code = need_context();
    if (code) return code;
    Model *model = model_find(id);
    if (!model) return sim_fail(ACL_ERROR_GE_EXEC_MODEL_ID_INVALID, "E19999: no model %u", id);
    if (model->context != current_context)
        return sim_fail(ACL_ERROR_RT_MODEL_CONTEXT, "EE1003: the model was loaded in another context");
    const Om *om = model->om;
    if (!handle_is(DATASET, in) || !handle_is(DATASET, out)) return sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such dataset");
    if (in->count < (size_t)om->input_count + (om->gear_count > 0) || out->count < (size_t)om->output_count)
        return sim_fail(ACL_ERROR_GE_FAILURE, "E19999: %zu inputs and %zu outputs are too few", in->count, out->count);
    if (om->gear_count && !in->gear)
        return sim_fail(ACL_ERROR_GE_DYNAMIC_BATCH_SIZE_INVALID, "E10045: no gear was set for this execution");
    Execution *execution = calloc(1, sizeof *execution);
    execution->om = om;
    dims_of_gear(om, in->gear, execution->input_dims);
    code = place_inputs(execution, in);
    if (!code) code = place_outputs(execution, out);
    if (code) return free(execution), code;
    stream_push(stream, compute, execution, cost_ns(in->gear), 1);
    in->gear = NULL;
    return ACL_SUCCESS;
}

EXPORT aclError aclmdlExecute(uint32_t id, aclmdlDataset *in, aclmdlDataset *out) {
    BEGIN();
    aclError code = need_context();
    if (code) END(code);
    code = submit(id, in, out, default_stream());
    if (!code) stream_drain(default_stream());
    END(code);
}

EXPORT aclError aclmdlExecuteAsync(uint32_t id, aclmdlDataset *in, aclmdlDataset *out, aclrtStream stream) {
    BEGIN();
    aclError code = stream_check(stream);
    if (code) END(code);
    END(submit(id, in, out, stream ? stream : default_stream()));
}
