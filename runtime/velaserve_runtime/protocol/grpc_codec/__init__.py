# SPDX-License-Identifier: Apache-2.0
"""ModelInferRequest and ModelInferResponse by hand: tensors are never copied by protobuf."""
