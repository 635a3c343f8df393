// SPDX-License-Identifier: MIT
// Exact nearest neighbours: packed products of blocks of points, and what is made of them. Derivation of the
// error bounds: Sources/Neighbors/ErrorBound.swift. Naive twins: Tests/NeighborsTests.
//
// Goals, in order: 1. no neighbour lost: everything whose lower bound does not exceed the k-th upper bound is kept,
// values that are not finite too; 2. distances by direct differences, in integers or in double precision, with the
// same bits on every instruction set; 3. speed: products at the machine's peak, a filter that costs next to nothing.
//
// Reference points come in panels of 64, queries in groups of 6; both are rows of 32-bit words (one float, or four
// bytes, or two halves: the upper 16 bits of floats), interleaved word by word.
#ifndef VERBATIM_NEIGHBORS_H
#define VERBATIM_NEIGHBORS_H
#include <stdint.h>

#define VB_NEIGHBOR_PANEL 64
#define VB_NEIGHBOR_GROUP 6

// 0: base, 3: AVX2, 4: AVX-512, 5: with VNNI, 6: with VNNI and BF16, as far as the machine and VERBATIM_ISA go. The
// functions below take a level of at most this one.
int vb_neighbor_level(void);

// 32-bit words that a query's word of four bytes takes: two (16-bit pairs) below level 5.
int64_t vb_neighbor_query_words(int level);

// out[k lanes + j] = rows[j stride + k] for `count` <= lanes rows, zero for the others; k < words.
void vb_neighbor_interleave(const uint32_t *rows, int64_t stride, int64_t count, int64_t lanes, int64_t words,
                            uint32_t *out);
// The same for a group of 6 queries of bytes, less 128, in the form that `level` wants.
void vb_neighbor_interleave_bytes(int level, const uint32_t *rows, int64_t stride, int64_t count, int64_t words,
                                  uint32_t *out);

// out (6 groups, 64) = [out +] queries (groups of 6, words) panel (words, 64)^T. Bytes: (query - 128) reference,
// modulo 2^32. Floats: summed in the order of the words, in single precision.
void vb_neighbor_products_bytes(int level, int64_t groups, int64_t words, const void *queries, const void *panel,
                                int32_t *out);
void vb_neighbor_products_floats(int level, int64_t groups, int64_t words, const float *queries, const float *panel,
                                 int add, float *out);
// The same for halves, two to a word: level 6 only.
void vb_neighbor_products_halves(int64_t groups, int64_t words, const void *queries, const void *panel, int add,
                                 float *out);

// One panel's products become squared distances. Rows of 64; `query` has an entry per row, `reference` one per lane.
// squares: max(squares, (query + reference - 2 products) weight), the first term absent if `first`.
void vb_neighbor_squares_floats(int level, int64_t rows, const float *products, const float *query,
                                const float *reference, float weight, int first, float *squares);
// sums: [sums +] query + reference - 2 products, in 32-bit integers, then as float; the first term absent if `first`.
void vb_neighbor_squares_bytes(int level, int64_t rows, const int32_t *products, const int32_t *query,
                               const int32_t *reference, int first, float *sums);
// sums: [sums +] products + reference: the inner products of bytes.
void vb_neighbor_dots_bytes(int level, int64_t rows, const int32_t *products, const int32_t *reference, int first,
                            float *sums);
// squares: max(squares, sums weight); and 2 - 2 sums query reference, for unit vectors.
void vb_neighbor_tile_max(int level, int64_t rows, const float *sums, float weight, int first, float *squares);
void vb_neighbor_unit_squares(int level, int64_t rows, const float *sums, const float *query, const float *reference,
                              float *squares);

typedef struct {
  int64_t capacity;  // entries per row, at least count + 64
  int64_t count;     // k: neighbours wanted
  float relative;    // rho: error relative to the square
  float factor;      // kappa: error relative to (query size + reference size)^2
  float absolute;    // tau
  float *low;        // (rows, capacity): lower bound of the square
  float *up;         // (rows, capacity): upper bound
  int32_t *index;    // (rows, capacity): which reference
  int32_t *used;     // (rows): entries
  float *threshold;  // (rows): a k-th smallest upper bound so far, +infinity at first
  const int32_t *excluded;  // (rows): a reference that is not wanted, or -1
  const float *size;        // (rows): query sizes, rounded up
  const float *residual;    // (rows): what halves lack of a query, rounded up: an error of the square's root
} vb_neighbor_candidates;

// Enters the references first..<first + live of a panel into the lists of rows start..<rows, `squares` being row
// `start`'s; sizes and residuals of the panel's points; scratch of `capacity` floats. Returns `rows`, or the row whose list is full of entries that the bounds cannot tell apart: measure
// them, shrink the list by hand and come back with start = that row.
int64_t vb_neighbor_filter(int level, const vb_neighbor_candidates *c, int64_t start, int64_t rows,
                           const float *squares, const float *sizes, const float *residuals, int64_t first,
                           int64_t live, float *scratch);
// Drops what the bounds exclude from row's list; scratch of `capacity` floats. Returns the number left.
int64_t vb_neighbor_shrink(int level, const vb_neighbor_candidates *c, int64_t row, float *scratch);

// The coordinates of a tile: spans of consecutive values.
typedef struct {
  int64_t count;
  const int64_t *start;
  const int64_t *length;
} vb_neighbor_spans;

// Sums over the spans: (a - b)^2, a b. Exact for bytes. In double precision for floats: eight chains per span, each in
// order, then ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)) of them, spans in order. Differences are of a[i] sa and b[i] sb.
int64_t vb_neighbor_squared_bytes(int level, const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans);
int64_t vb_neighbor_dot_bytes(int level, const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans);
double vb_neighbor_squared_floats(int level, const float *a, const float *b, double sa, double sb,
                                  const vb_neighbor_spans *spans);

// Asks for a row's memory, so that measuring it later does not wait: at most 64 KiB of it.
void vb_neighbor_prefetch(const void *row, int64_t bytes);

// The prepared row of a float point: ((double)x scale - center) factor, rounded once; center may be null.
// Returns the sum of squares of the rounded values, in double precision and any order.
double vb_neighbor_prepare(int level, const float *x, const double *center, double scale, double factor,
                           int64_t count, float *out);
// The same as halves, rounded to the nearest; adds to *residual the squares of what they lack.
double vb_neighbor_prepare_halves(int level, const float *x, const double *center, double scale, double factor,
                                  int64_t count, uint16_t *out, double *residual);
// Sums of bytes and of squares.
void vb_neighbor_byte_sums(int level, const uint8_t *x, int64_t count, int64_t *sum, int64_t *square);
#endif
