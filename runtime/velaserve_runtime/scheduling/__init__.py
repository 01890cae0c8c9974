# SPDX-License-Identifier: Apache-2.0
"""From accepted requests to batches and back: queue, batcher, deadlines, executors."""
