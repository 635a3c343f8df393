// SPDX-License-Identifier: MIT
#include "neighbors.h"
#include "dispatch.h"
#include "vector.h"
#include <math.h>
#include <string.h>
#if defined(VB_X86)
#include <immintrin.h>
#endif

// Off, so that every instruction set rounds the distances alike; float_tile's sums alone may be fused.
#pragma clang fp contract(off)
// Vectors wider than the base machine's registers pass between inlined helpers only.
#pragma clang diagnostic ignored "-Wpsabi"

typedef float v8f_u __attribute__((ext_vector_type(8), aligned(4)));

#define VB_BODY "neighbors.inc.h"
#include "each_isa.h"

#if defined(VB_X86)
#define VB_UNROLL _Pragma("clang loop unroll(full)")
// 6 queries x 64 references, a word of each per step: four unsigned bytes times four signed ones, summed modulo 2^32, or
// two halves times two halves, summed in single precision.
#define VB_WORD_PRODUCTS(name, features, out_type, accumulator, zero, load, store, step)                           \
  __attribute__((target("arch=x86-64-v4," features), min_vector_width(512))) static void name(                     \
      int64_t groups, int64_t words, const int32_t *queries, const int32_t *panel, int add, out_type *out) {       \
    for (int64_t g = 0; g < groups; g++) {                                                                         \
      const int32_t *query = queries + g * words * 6;                                                              \
      out_type *tile = out + g * 6 * 64;                                                                           \
      accumulator acc[6][4];                                                                                       \
      VB_UNROLL for (int r = 0; r < 6; r++) VB_UNROLL for (int v = 0; v < 4; v++)                                  \
        acc[r][v] = add ? load(tile + r * 64 + v * 16) : zero();                                                   \
      for (int64_t k = 0; k < words; k++) {                                                                        \
        __m512i row[4];                                                                                            \
        VB_UNROLL for (int v = 0; v < 4; v++) row[v] = _mm512_load_si512(panel + k * 64 + v * 16);                 \
        VB_UNROLL for (int r = 0; r < 6; r++) {                                                                    \
          __m512i word = _mm512_set1_epi32(query[k * 6 + r]);                                                      \
          VB_UNROLL for (int v = 0; v < 4; v++) acc[r][v] = step(acc[r][v], row[v], word);                         \
        }                                                                                                          \
      }                                                                                                            \
      VB_UNROLL for (int r = 0; r < 6; r++) VB_UNROLL for (int v = 0; v < 4; v++)                                  \
        store(tile + r * 64 + v * 16, acc[r][v]);                                                                  \
    }                                                                                                              \
  }
#define VB_BF16_STEP(sum, a, b) _mm512_dpbf16_ps(sum, (__m512bh)(a), (__m512bh)(b))

VB_WORD_PRODUCTS(products_vnni, "avx512vnni", int32_t, __m512i, _mm512_setzero_si512, _mm512_load_si512,
                 _mm512_store_si512, _mm512_dpbusd_epi32)
VB_WORD_PRODUCTS(products_bf16, "avx512bf16", float, __m512, _mm512_setzero_ps, _mm512_load_ps, _mm512_store_ps,
                 VB_BF16_STEP)
#undef VB_UNROLL
#endif

int vb_neighbor_level(void) {
  if (!vb_isa_has_vnni()) return vb_isa_level();
  return vb_isa_has_bf16() ? 6 : 5;
}

int64_t vb_neighbor_query_words(int level) { return level >= 5 ? 1 : 2; }

void vb_neighbor_interleave(const uint32_t *rows, int64_t stride, int64_t count, int64_t lanes, int64_t words,
                            uint32_t *out) {
  // 16 words of each row at a time: a cache line of the row is read once.
  for (int64_t begin = 0; begin < words; begin += 16) {
    int64_t end = words - begin < 16 ? words : begin + 16;
    for (int64_t j = 0; j < count; j++)
      for (int64_t k = begin; k < end; k++) out[k * lanes + j] = rows[j * stride + k];
    for (int64_t j = count; j < lanes; j++)
      for (int64_t k = begin; k < end; k++) out[k * lanes + j] = 0;
  }
}

void vb_neighbor_interleave_bytes(int level, const uint32_t *rows, int64_t stride, int64_t count, int64_t words,
                                  uint32_t *out) {
  for (int64_t j = 0; j < VB_NEIGHBOR_GROUP; j++)
    for (int64_t k = 0; k < words; k++) {
      uint32_t word = (j < count ? rows[j * stride + k] : 0) ^ 0x80808080u;
      int64_t at = k * VB_NEIGHBOR_GROUP + j;
      if (level >= 5) {
        out[at] = word;
        continue;
      }
      // Sign-extended bytes 0 and 2, then 1 and 3, as pairs of 16 bits.
      uint32_t even = (uint16_t)(int8_t)word | (uint32_t)(uint16_t)(int8_t)(word >> 16) << 16;
      uint32_t odd = (uint16_t)(int8_t)(word >> 8) | (uint32_t)(uint16_t)(int8_t)(word >> 24) << 16;
      out[2 * at] = even;
      out[2 * at + 1] = odd;
    }
}

void vb_neighbor_prefetch(const void *row, int64_t bytes) {
  if (bytes > 65536) bytes = 65536;
  for (int64_t at = 0; at < bytes; at += 64) __builtin_prefetch((const char *)row + at, 0, 2);
}

#if defined(VB_X86)
#define VB_CHOOSE(name, ...)                            \
  do {                                                  \
    if (level >= 4) return name##_v4(__VA_ARGS__);      \
    if (level == 3) return name##_v3(__VA_ARGS__);      \
    return name##_base(__VA_ARGS__);                    \
  } while (0)
#else
#define VB_CHOOSE(name, ...) return name##_base(__VA_ARGS__)
#endif

void vb_neighbor_products_bytes(int level, int64_t groups, int64_t words, const void *queries, const void *panel,
                                int32_t *out) {
#if defined(VB_X86)
  if (level >= 5) return products_vnni(groups, words, queries, panel, 0, out);
#endif
  VB_CHOOSE(products_bytes, groups, words, queries, panel, out);
}

void vb_neighbor_products_floats(int level, int64_t groups, int64_t words, const float *queries, const float *panel,
                                 int add, float *out) {
  VB_CHOOSE(products_floats, groups, words, queries, panel, add, out);
}

void vb_neighbor_products_halves(int64_t groups, int64_t words, const void *queries, const void *panel, int add,
                                 float *out) {
#if defined(VB_X86)
  products_bf16(groups, words, queries, panel, add, out);
#endif
}

void vb_neighbor_squares_floats(int level, int64_t rows, const float *products, const float *query,
                                const float *reference, float weight, int first, float *squares) {
  VB_CHOOSE(squares_floats, rows, products, query, reference, weight, first, squares);
}

void vb_neighbor_squares_bytes(int level, int64_t rows, const int32_t *products, const int32_t *query,
                               const int32_t *reference, int first, float *sums) {
  VB_CHOOSE(squares_bytes, rows, products, query, reference, first, sums);
}

void vb_neighbor_dots_bytes(int level, int64_t rows, const int32_t *products, const int32_t *reference, int first,
                            float *sums) {
  VB_CHOOSE(dots_bytes, rows, products, reference, first, sums);
}

void vb_neighbor_tile_max(int level, int64_t rows, const float *sums, float weight, int first, float *squares) {
  VB_CHOOSE(tile_max, rows, sums, weight, first, squares);
}

void vb_neighbor_unit_squares(int level, int64_t rows, const float *sums, const float *query, const float *reference,
                              float *squares) {
  VB_CHOOSE(unit_squares, rows, sums, query, reference, squares);
}

int64_t vb_neighbor_shrink(int level, const vb_neighbor_candidates *c, int64_t row, float *scratch) {
  VB_CHOOSE(shrink, c, row, scratch);
}

int64_t vb_neighbor_filter(int level, const vb_neighbor_candidates *c, int64_t start, int64_t rows,
                           const float *squares, const float *sizes, const float *residuals, int64_t first,
                           int64_t live, float *scratch) {
  VB_CHOOSE(filter, c, start, rows, squares, sizes, residuals, first, live, scratch);
}

int64_t vb_neighbor_squared_bytes(int level, const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans) {
  VB_CHOOSE(squared_bytes, a, b, spans);
}

int64_t vb_neighbor_dot_bytes(int level, const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans) {
  VB_CHOOSE(dot_bytes, a, b, spans);
}

double vb_neighbor_squared_floats(int level, const float *a, const float *b, double sa, double sb,
                                  const vb_neighbor_spans *spans) {
  VB_CHOOSE(squared_floats, a, b, sa, sb, spans);
}

double vb_neighbor_prepare(int level, const float *x, const double *center, double scale, double factor,
                           int64_t count, float *out) {
  VB_CHOOSE(prepare, x, center, scale, factor, count, out);
}

double vb_neighbor_prepare_halves(int level, const float *x, const double *center, double scale, double factor,
                                  int64_t count, uint16_t *out, double *residual) {
  VB_CHOOSE(prepare_halves, x, center, scale, factor, count, out, residual);
}

void vb_neighbor_byte_sums(int level, const uint8_t *x, int64_t count, int64_t *sum, int64_t *square) {
  VB_CHOOSE(byte_sums, x, count, sum, square);
}
