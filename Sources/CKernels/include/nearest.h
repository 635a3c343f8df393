// SPDX-License-Identifier: MIT
// Nearest and second-nearest reference point, by direct differences in double precision.
//
// Goals, in order: 1. digits: no Gram identity, so a copy has distance exactly 0; 2. the same bits as the
// naive twin on every instruction set (coordinates are summed in order, nothing is fused); 3. speed.
#ifndef VERBATIM_NEAREST_H
#define VERBATIM_NEAREST_H
#include <stdint.h>

// Doubles that `vb_nearest_pack` writes: the reference in blocks of 32 points, coordinates outermost.
int64_t vb_nearest_packed_count(int64_t references, int64_t dimension);
void vb_nearest_pack(const double *reference, int64_t references, int64_t dimension, double *packed);

// For each row of points (count, dimension): the two smallest Euclidean distances and their indices, lowest
// index first among equals, into distances (count, 2) and indices (count, 2). Needs references >= 2.
// Distances that are not finite are never chosen: what is then missing is infinite, at index 0 or 1.
void vb_nearest_two(const double *points, int64_t count, const double *packed, int64_t references, int64_t dimension,
                    double *distances, int32_t *indices);
#endif
