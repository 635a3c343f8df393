// SPDX-License-Identifier: MIT
// Hard assignment of samples to means, and the distance-ratio test of mixture samples, for hard EM.
//
// Goals, in order: 1. the same bits as the naive twin on every instruction set (coordinates are summed in order,
// nothing is fused); 2. ties keep what there was, then the lowest index; 3. speed; 4. memory that does not grow
// with samples x means, except for the tables, which the caller sizes.
// `packed` is the layout of `vb_nearest_pack` (nearest.h).
#ifndef VERBATIM_ASSIGN_H
#define VERBATIM_ASSIGN_H
#include <stdint.h>

// Nearest reference of each point (count, dimension) among packed references: best[p] (squared distance) and
// index[p] are replaced where a reference is strictly nearer than best[p] says.
void vb_assign(const double *points, int64_t count, const double *packed, int64_t references, int64_t dimension,
               double *best, int32_t *index);

// Squared distances, or inner products, of points and packed references: out (count, references), rows of `stride`.
void vb_distance_rows(const double *points, int64_t count, const double *packed, int64_t references,
                      int64_t dimension, double *out, int64_t stride);
void vb_product_rows(const double *points, int64_t count, const double *packed, int64_t references,
                     int64_t dimension, double *out, int64_t stride);

// The same assignment from tables: the squared distance of sample k to mean j is table[j stride + k] scale[j] - offset[j].
// best (samples) and index (samples) are replaced where a mean is strictly nearer.
void vb_assign_table(const double *table, int64_t stride, int64_t means, int64_t samples, const double *scale,
                     const double *offset, double *best, int32_t *index);

// The two smallest of base[k] - slope product[k], k < count, count >= 2, into smallest[0] <= smallest[1].
void vb_two_smallest(const double *base, const double *product, double slope, int64_t count, double *smallest);

// sum[k] += row[k], k < count.
void vb_add_row(double *sum, const double *row, int64_t count);
#endif
