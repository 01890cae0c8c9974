// SPDX-License-Identifier: Apache-2.0

module velaserve/pause

go 1.25.8
