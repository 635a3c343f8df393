// SPDX-License-Identifier: MIT
// Counter-based standard normals: Philox4x32-10 (Salmon et al., SC 2011) and Box-Muller, 16 lanes.
#ifndef VERBATIM_NORMALS_H
#define VERBATIM_NORMALS_H
#include <stdint.h>

// Fills `out` with `count` floats. Element i depends on key, the three stream words and i alone:
// block b = i / 64 uses the counters {16 b + lane, stream[0], stream[1], stream[2]}, lane = i % 16,
// and element 16 q + lane of a block is the q-th normal of its counter.
void vb_normals(uint64_t key, const uint32_t stream[3], float *out, int64_t count);

// One Philox4x32-10 block, scalar.
void vb_philox(uint64_t key, const uint32_t counter[4], uint32_t out[4]);
#endif
