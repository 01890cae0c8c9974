// SPDX-License-Identifier: Apache-2.0
// What a loaded model is: inputs, outputs, gears. The extra input of a model with gears counts.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static const char GEAR_INPUT[] = "ascend_mbatch_shape_data";
static const char SHORTENED[] = "acl_modelId_%u_%s_%zu";

struct aclmdlDesc {
    Model *model;
    uint32_t id;
};

static const Om *om_of(const aclmdlDesc *desc) {
    return desc && handle_is(DESC, desc) && desc->model && model_find(desc->id) ? desc->model->om : NULL;
}

static const Tensor *tensor_of(const Om *om, size_t index, int is_input) {
    size_t count = om ? (is_input ? om->input_count : om->output_count) : 0;
    return index < count ? &om->tensors[is_input ? index : om->input_count + index] : NULL;
}

static int is_gear_input(const Om *om, size_t index) {
    return om && om->gear_count && index == (size_t)om->input_count;
}

EXPORT aclmdlDesc *aclmdlCreateDesc(void) {
    BEGIN_HANDLE();
    aclmdlDesc *desc = calloc(1, sizeof *desc);
    handle_add(DESC, desc, 0);
    sim_unlock();
    return desc;
}

EXPORT aclError aclmdlDestroyDesc(aclmdlDesc *desc) {
    BEGIN();
    if (!handle_remove(DESC, desc)) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such desc"));
    free(desc);
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlGetDesc(aclmdlDesc *desc, uint32_t id) {
    BEGIN();
    Model *model = model_find(id);
    if (!handle_is(DESC, desc)) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such desc"));
    if (!model) END(sim_fail(ACL_ERROR_GE_EXEC_MODEL_ID_INVALID, "E19999: no model %u", id));
    *desc = (aclmdlDesc){model, id};
    END(ACL_SUCCESS);
}

EXPORT size_t aclmdlGetNumInputs(aclmdlDesc *desc) {
    const Om *om = om_of(desc);
    return om ? om->input_count + (om->gear_count > 0) : 0;
}

EXPORT size_t aclmdlGetNumOutputs(aclmdlDesc *desc) {
    const Om *om = om_of(desc);
    return om ? om->output_count : 0;
}

EXPORT size_t aclmdlGetInputSizeByIndex(aclmdlDesc *desc, size_t index) {
    const Om *om = om_of(desc);
    int64_t dims[64][8];
    if (is_gear_input(om, index)) return 8 * om->gear_width;
    if (!tensor_of(om, index, 1)) return 0;
    dims_of_gear(om, largest_gear(om), dims);
    return tensor_bytes(&om->tensors[index], dims[index]);
}

static int64_t largest_output(const Om *om, size_t index) {
    int64_t inputs[64][8], dims[8];
    dims_of_gear(om, largest_gear(om), inputs);
    output_dims(om, (const int64_t(*)[8])inputs, index, dims);
    return tensor_bytes(&om->tensors[om->input_count + index], dims);
}

EXPORT size_t aclmdlGetOutputSizeByIndex(aclmdlDesc *desc, size_t index) {
    const Om *om = om_of(desc);
    return tensor_of(om, index, 0) ? largest_output(om, index) : 0;
}

// A name that does not fit into aclmdlIODims is replaced by one that does.
static const char *fitting(const aclmdlDesc *desc, size_t index, int is_input) {
    static __thread char shortened[NAME_LENGTH];
    const Tensor *tensor = tensor_of(om_of(desc), index, is_input);
    if (!tensor || strlen(tensor->name) < NAME_LENGTH) return tensor ? tensor->name : "";
    snprintf(shortened, sizeof shortened, SHORTENED, desc->id, is_input ? "input" : "output", index);
    return shortened;
}

EXPORT const char *aclmdlGetInputNameByIndex(const aclmdlDesc *desc, size_t index) {
    return is_gear_input(om_of(desc), index) ? GEAR_INPUT : fitting(desc, index, 1);
}

EXPORT const char *aclmdlGetOutputNameByIndex(const aclmdlDesc *desc, size_t index) {
    return fitting(desc, index, 0);
}

EXPORT const char *aclmdlGetTensorRealName(const aclmdlDesc *desc, const char *name) {
    const Om *om = om_of(desc);
    for (int is_input = 0; om && is_input < 2; is_input++)
        for (size_t i = 0; tensor_of(om, i, is_input); i++)
            if (!strcmp(fitting(desc, i, is_input), name)) return tensor_of(om, i, is_input)->name;
    return NULL;
}

EXPORT int aclmdlGetInputDataType(const aclmdlDesc *desc, size_t index) {
    const Om *om = om_of(desc);
    if (is_gear_input(om, index)) return ACL_INT64;
    const Tensor *tensor = tensor_of(om, index, 1);
    return tensor ? tensor->dtype : -1;
}

EXPORT int aclmdlGetOutputDataType(const aclmdlDesc *desc, size_t index) {
    const Tensor *tensor = tensor_of(om_of(desc), index, 0);
    return tensor ? tensor->dtype : -1;
}

EXPORT int aclmdlGetInputFormat(const aclmdlDesc *desc, size_t index) {
    const Tensor *tensor = tensor_of(om_of(desc), index, 1);
    return tensor && tensor->rank == 4 ? ACL_FORMAT_NCHW : ACL_FORMAT_ND;
}

EXPORT aclError aclmdlGetInputIndexByName(const aclmdlDesc *desc, const char *name, size_t *index) {
    BEGIN();
    const Om *om = om_of(desc);
    for (int i = 0; om && i <= om->input_count; i++) {
        const char *at = is_gear_input(om, i) ? GEAR_INPUT : i < om->input_count ? om->tensors[i].name : "";
        if (!strcmp(at, name)) {
            *index = i;
            END(ACL_SUCCESS);
        }
    }
    END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: no input %s", name));
}

static void fill(aclmdlIODims *to, const char *name, int rank, const int64_t *dims) {
    memset(to, 0, sizeof *to);
    snprintf(to->name, sizeof to->name, "%s", name);
    to->dimCount = rank;
    memcpy(to->dims, dims, rank * sizeof *dims);
}

EXPORT aclError aclmdlGetInputDims(const aclmdlDesc *desc, size_t index, aclmdlIODims *dims) {
    BEGIN();
    const Om *om = om_of(desc);
    const Tensor *tensor = tensor_of(om, index, 1);
    if (is_gear_input(om, index)) fill(dims, GEAR_INPUT, 1, &(int64_t){om->gear_width});
    else if (tensor) fill(dims, tensor->name, tensor->rank, tensor->dims);
    END(tensor || is_gear_input(om, index) ? ACL_SUCCESS : sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: no input %zu", index));
}

static aclError dims_of_output(const aclmdlDesc *desc, size_t index, int current, aclmdlIODims *dims) {
    const Om *om = om_of(desc);
    int64_t inputs[64][8], found[8];
    if (!tensor_of(om, index, 0)) return sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: no output %zu", index);
    const int64_t *gear = current && desc->model->gear ? desc->model->gear : largest_gear(om);
    dims_of_gear(om, gear, inputs);
    int rank = output_dims(om, (const int64_t(*)[8])inputs, index, found);
    fill(dims, om->tensors[om->input_count + index].name, rank, found);
    return ACL_SUCCESS;
}

EXPORT aclError aclmdlGetOutputDims(const aclmdlDesc *desc, size_t index, aclmdlIODims *dims) {
    BEGIN();
    END(dims_of_output(desc, index, 0, dims));
}

EXPORT aclError aclmdlGetCurOutputDims(const aclmdlDesc *desc, size_t index, aclmdlIODims *dims) {
    BEGIN();
    END(dims_of_output(desc, index, 1, dims));
}

EXPORT aclError aclmdlGetDynamicBatch(const aclmdlDesc *desc, aclmdlBatch *batch) {
    BEGIN();
    const Om *om = om_of(desc);
    if (!om) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such desc"));
    batch->batchCount = om->gear_kind == BATCH_GEARS ? om->gear_count : 0;
    for (size_t i = 0; i < batch->batchCount; i++) batch->batch[i] = om->gears[i][0];
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlGetDynamicHW(const aclmdlDesc *desc, size_t index, aclmdlHW *hw) {
    (void)index;
    BEGIN();
    const Om *om = om_of(desc);
    if (!om) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such desc"));
    hw->hwCount = om->gear_kind == IMAGE_GEARS ? om->gear_count : 0;
    for (size_t i = 0; i < hw->hwCount; i++) hw->hw[i][0] = om->gears[i][0], hw->hw[i][1] = om->gears[i][1];
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlGetInputDynamicGearCount(const aclmdlDesc *desc, size_t index, size_t *count) {
    (void)index;
    BEGIN();
    const Om *om = om_of(desc);
    if (!om) END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0002: no such desc"));
    *count = om->gear_kind == DIMS_GEARS ? om->gear_count : 0;
    END(ACL_SUCCESS);
}

EXPORT aclError aclmdlGetInputDynamicDims(const aclmdlDesc *desc, size_t index, aclmdlIODims *dims, size_t count) {
    (void)index;
    BEGIN();
    const Om *om = om_of(desc);
    if (!om || om->gear_kind != DIMS_GEARS || count < (size_t)om->gear_count)
        END(sim_fail(ACL_ERROR_INVALID_PARAM, "EH0001: the model has no dims gears, or more than %zu", count));
    for (int i = 0; i < om->gear_count; i++) fill(&dims[i], "", om->gear_width, om->gears[i]);
    END(ACL_SUCCESS);
}
