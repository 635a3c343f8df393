// SPDX-License-Identifier: MIT
// Body of neighbors.c, included once per instruction set.

// Register tiles: groups of VB_ROWS queries against VB_VECTORS vectors of 16 references.
#if VB_LEVEL == 4
#define VB_ROWS 6
#define VB_VECTORS 4
#elif VB_LEVEL == 3
#define VB_ROWS 6
#define VB_VECTORS 1
#else
#define VB_ROWS 2
#define VB_VECTORS 1
#endif
#define VB_UNROLL _Pragma("clang loop unroll(full)")

VB_INLINE void VB_NAME(float_tile)(int64_t words, const float *query, const float *panel, int add, float *out) {
#pragma clang fp contract(fast)
  vf acc[VB_ROWS][VB_VECTORS];
  VB_UNROLL for (int r = 0; r < VB_ROWS; r++) VB_UNROLL for (int v = 0; v < VB_VECTORS; v++) acc[r][v] = (vf)0.0f;
  for (int64_t k = 0; k < words; k++) {
    vf row[VB_VECTORS];
    VB_UNROLL for (int v = 0; v < VB_VECTORS; v++) row[v] = *(const vf *)(panel + k * VB_NEIGHBOR_PANEL + v * 16);
    VB_UNROLL for (int r = 0; r < VB_ROWS; r++) {
      vf scale = (vf)query[k * VB_NEIGHBOR_GROUP + r];
      VB_UNROLL for (int v = 0; v < VB_VECTORS; v++) acc[r][v] += scale * row[v];
    }
  }
  VB_UNROLL for (int r = 0; r < VB_ROWS; r++) VB_UNROLL for (int v = 0; v < VB_VECTORS; v++) {
    vf *o = (vf *)(out + r * VB_NEIGHBOR_PANEL + v * 16);
    *o = add ? *o + acc[r][v] : acc[r][v];
  }
}

static void VB_NAME(products_floats)(int64_t groups, int64_t words, const float *queries, const float *panel, int add,
                                     float *out) {
  for (int64_t g = 0; g < groups; g++)
    for (int r = 0; r < VB_NEIGHBOR_GROUP; r += VB_ROWS)
      for (int v = 0; v < VB_NEIGHBOR_PANEL; v += 16 * VB_VECTORS)
        VB_NAME(float_tile)(words, queries + g * words * VB_NEIGHBOR_GROUP + r, panel + v, add,
                            out + (g * VB_NEIGHBOR_GROUP + r) * VB_NEIGHBOR_PANEL + v);
}

// Bytes without VNNI: even and odd bytes of a word as 16-bit pairs, against the query's pairs, by pmaddwd:
// 255 * 128 * 2 fits easily, nothing saturates.
#if VB_LEVEL == 4
#define VI __m512i
#define VI_LANES 16
#define VI_LOAD(p) _mm512_load_si512(p)
#define VI_STORE(p, x) _mm512_store_si512(p, x)
#define VI_SET(x) _mm512_set1_epi32(x)
#define VI_AND _mm512_and_si512
#define VI_SHIFT(x) _mm512_srli_epi16(x, 8)
#define VI_MADD _mm512_madd_epi16
#define VI_ADD _mm512_add_epi32
#elif VB_LEVEL == 3
#define VI __m256i
#define VI_LANES 8
#define VI_LOAD(p) _mm256_load_si256((const __m256i *)(p))
#define VI_STORE(p, x) _mm256_store_si256((__m256i *)(p), x)
#define VI_SET(x) _mm256_set1_epi32(x)
#define VI_AND _mm256_and_si256
#define VI_SHIFT(x) _mm256_srli_epi16(x, 8)
#define VI_MADD _mm256_madd_epi16
#define VI_ADD _mm256_add_epi32
#elif defined(VB_X86)
#define VI __m128i
#define VI_LANES 4
#define VI_LOAD(p) _mm_load_si128((const __m128i *)(p))
#define VI_STORE(p, x) _mm_store_si128((__m128i *)(p), x)
#define VI_SET(x) _mm_set1_epi32(x)
#define VI_AND _mm_and_si128
#define VI_SHIFT(x) _mm_srli_epi16(x, 8)
#define VI_MADD _mm_madd_epi16
#define VI_ADD _mm_add_epi32
#endif

#if defined(VI)
VB_INLINE void VB_NAME(byte_tile)(int64_t words, const int32_t *query, const int32_t *panel, int32_t *out) {
  VI acc[VB_NEIGHBOR_GROUP];
  const VI low = VI_SET(0x00FF00FF);
  VB_UNROLL for (int r = 0; r < VB_NEIGHBOR_GROUP; r++) acc[r] = VI_SET(0);
  for (int64_t k = 0; k < words; k++) {
    VI word = VI_LOAD(panel + k * VB_NEIGHBOR_PANEL);
    VI even = VI_AND(word, low), odd = VI_SHIFT(word);
    const int32_t *pairs = query + k * 2 * VB_NEIGHBOR_GROUP;
    VB_UNROLL for (int r = 0; r < VB_NEIGHBOR_GROUP; r++) {
      VI products = VI_ADD(VI_MADD(even, VI_SET(pairs[2 * r])), VI_MADD(odd, VI_SET(pairs[2 * r + 1])));
      acc[r] = VI_ADD(acc[r], products);
    }
  }
  VB_UNROLL for (int r = 0; r < VB_NEIGHBOR_GROUP; r++) VI_STORE(out + r * VB_NEIGHBOR_PANEL, acc[r]);
}
#else
#define VI_LANES VB_NEIGHBOR_PANEL
VB_INLINE void VB_NAME(byte_tile)(int64_t words, const int32_t *query, const int32_t *panel, int32_t *out) {
  for (int r = 0; r < VB_NEIGHBOR_GROUP; r++)
    for (int j = 0; j < VB_NEIGHBOR_PANEL; j++) out[r * VB_NEIGHBOR_PANEL + j] = 0;
  for (int64_t k = 0; k < words; k++)
    for (int r = 0; r < VB_NEIGHBOR_GROUP; r++) {
      const int16_t *q = (const int16_t *)(query + (k * VB_NEIGHBOR_GROUP + r) * 2);
      const uint8_t *p = (const uint8_t *)(panel + k * VB_NEIGHBOR_PANEL);
      for (int j = 0; j < VB_NEIGHBOR_PANEL; j++)
        out[r * VB_NEIGHBOR_PANEL + j] +=
            p[4 * j] * q[0] + p[4 * j + 2] * q[1] + p[4 * j + 1] * q[2] + p[4 * j + 3] * q[3];
    }
}
#endif

static void VB_NAME(products_bytes)(int64_t groups, int64_t words, const void *queries, const void *panel,
                                    int32_t *out) {
  for (int64_t g = 0; g < groups; g++)
    for (int v = 0; v < VB_NEIGHBOR_PANEL; v += VI_LANES)
      VB_NAME(byte_tile)(words, (const int32_t *)queries + g * words * 2 * VB_NEIGHBOR_GROUP,
                         (const int32_t *)panel + v, out + g * VB_NEIGHBOR_GROUP * VB_NEIGHBOR_PANEL + v);
}

#define VB_EACH_VECTOR                 \
  for (int64_t r = 0; r < rows; r++)   \
    VB_UNROLL for (int v = 0; v < 4; v++)
#define VB_AT(type, array) ((type *)((array) + r * VB_NEIGHBOR_PANEL + v * 16))
#define VB_LANE(type, array) (*(const type *)((array) + v * 16))

static void VB_NAME(squares_floats)(int64_t rows, const float *products, const float *query, const float *reference,
                                    float weight, int first, float *squares) {
  VB_EACH_VECTOR {
    vf square = (((vf)query[r] + VB_LANE(vf, reference)) - 2.0f * *VB_AT(const vf, products)) * weight;
    vf *s = VB_AT(vf, squares);
    // A value that is not a number wins: it must stay visible to the filter.
    *s = first ? square : (*s > square ? *s : square);
  }
}

static void VB_NAME(squares_bytes)(int64_t rows, const int32_t *products, const int32_t *query,
                                   const int32_t *reference, int first, float *sums) {
  VB_EACH_VECTOR {
    vu square = (vu)(uint32_t)query[r] + VB_LANE(vu, reference) - 2 * *VB_AT(const vu, products);
    vf value = __builtin_convertvector((vi)square, vf);
    vf *s = VB_AT(vf, sums);
    *s = first ? value : *s + value;
  }
}

static void VB_NAME(dots_bytes)(int64_t rows, const int32_t *products, const int32_t *reference, int first,
                                float *sums) {
  VB_EACH_VECTOR {
    vu dot = *VB_AT(const vu, products) + VB_LANE(vu, reference);
    vf value = __builtin_convertvector((vi)dot, vf);
    vf *s = VB_AT(vf, sums);
    *s = first ? value : *s + value;
  }
}

static void VB_NAME(tile_max)(int64_t rows, const float *sums, float weight, int first, float *squares) {
  VB_EACH_VECTOR {
    vf square = *VB_AT(const vf, sums) * weight;
    vf *s = VB_AT(vf, squares);
    *s = first ? square : (*s > square ? *s : square);
  }
}

static void VB_NAME(unit_squares)(int64_t rows, const float *sums, const float *query, const float *reference,
                                  float *squares) {
  VB_EACH_VECTOR {
    *VB_AT(vf, squares) = 2.0f - (2.0f * *VB_AT(const vf, sums)) * ((vf)query[r] * VB_LANE(vf, reference));
  }
}

// The k-th smallest of n floats, k from 1, by bisection of their order as integers; NaN counts as infinity. The
// same work whatever the values: no branch to guess.
static float VB_NAME(select_smallest)(const float *values, int64_t n, int64_t k, int32_t *keys) {
  for (int64_t i = 0; i < n; i++) {
    float value = values[i] == values[i] ? values[i] : INFINITY;
    int32_t bits;
    memcpy(&bits, &value, 4);
    keys[i] = bits ^ ((bits >> 31) & 0x7FFFFFFF);
  }
  int64_t low = INT32_MIN, high = INT32_MAX;
  while (low < high) {
    int64_t middle = low + ((high - low) >> 1);
    int32_t pivot = (int32_t)middle, below = 0;
    for (int64_t i = 0; i < n; i++) below += keys[i] <= pivot;
    if (below >= k) high = middle;
    else low = middle + 1;
  }
  int32_t key = (int32_t)low, bits = key ^ ((key >> 31) & 0x7FFFFFFF);
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

static int64_t VB_NAME(shrink)(const vb_neighbor_candidates *c, int64_t row, float *scratch) {
  int64_t used = c->used[row], base = row * c->capacity, kept = 0;
  if (used < c->count) return used;
  float threshold = VB_NAME(select_smallest)(c->up + base, used, c->count, (int32_t *)scratch);
  if (threshold < c->threshold[row]) c->threshold[row] = threshold;
  threshold = c->threshold[row];
  for (int64_t i = 0; i < used; i++) {
    float low = c->low[base + i];
    c->low[base + kept] = low;
    c->up[base + kept] = c->up[base + i];
    c->index[base + kept] = c->index[base + i];
    kept += !(low > threshold);
  }
  c->used[row] = (int32_t)kept;
  return kept;
}

// Which of 64 squares may be at most the threshold, as bits; fills their errors if there are any. With a residual e
// the root of a square is off by at most e too: s > t for certain if s' - error > (sqrt(t) + e)^2.
VB_INLINE uint64_t VB_NAME(survivors)(const vb_neighbor_candidates *c, int64_t row, const float *squares,
                                      const float *sizes, const float *residuals, float *errors) {
  float threshold = c->threshold[row], size = c->size[row], residual = c->residual[row];
  float root = __builtin_sqrtf(threshold > 0 ? threshold : 0);
  vf excess[4], error[4];
  VB_UNROLL for (int v = 0; v < 4; v++) {
    vf square = *(const vf *)(squares + v * 16), reach = (vf)size + *(const vf *)(sizes + v * 16);
    vf lack = (vf)residual + *(const vf *)(residuals + v * 16);
    error[v] = square * c->relative + (reach * reach) * c->factor + c->absolute;
    excess[v] = (square - error[v]) - ((vf)threshold + lack * (2 * root + lack)) * (1 + 0x1p-20f);
  }
  uint64_t bits = 0;
#if VB_LEVEL == 4
  VB_UNROLL for (int v = 0; v < 4; v++)
    bits |= (uint64_t)_mm512_cmp_ps_mask((__m512)excess[v], _mm512_setzero_ps(), _CMP_NGT_UQ) << (16 * v);
#else
  vi any = 0;
  VB_UNROLL for (int v = 0; v < 4; v++) any |= ~(excess[v] > (vf)0.0f);
  if (!__builtin_reduce_or(any)) return 0;
  VB_UNROLL for (int v = 0; v < 4; v++)
    for (int j = 0; j < 16; j++) bits |= (uint64_t)!(excess[v][j] > 0) << (16 * v + j);
#endif
  if (bits) VB_UNROLL for (int v = 0; v < 4; v++) *(vf *)(errors + v * 16) = error[v];
  return bits;
}

// Bounds of the true square, from that of the prepared points and its error, and from the residual.
VB_INLINE void VB_NAME(bounds)(float square, float error, float lack, float *low, float *up) {
  *low = square - error;
  *up = square + error;
  if (lack == 0) return;
  float near = __builtin_sqrtf(*low > 0 ? *low : 0) - lack, far = __builtin_sqrtf(*up > 0 ? *up : 0) + lack;
  *low = near > 0 ? near * near * (1 - 0x1p-20f) : 0;
  *up = *up == *up ? far * far * (1 + 0x1p-20f) : INFINITY;
}

static int64_t VB_NAME(filter)(const vb_neighbor_candidates *c, int64_t start, int64_t rows, const float *squares,
                               const float *sizes, const float *residuals, int64_t first, int64_t live,
                               float *scratch) {
  float errors[64] __attribute__((aligned(64)));
  const uint64_t all = live < 64 ? ((uint64_t)1 << live) - 1 : ~(uint64_t)0;
  for (int64_t row = start; row < rows; row++) {
    const float *square = squares + (row - start) * VB_NEIGHBOR_PANEL;
    uint64_t bits = all & VB_NAME(survivors)(c, row, square, sizes, residuals, errors);
    if (!bits) continue;
    if (c->used[row] + VB_NEIGHBOR_PANEL > c->capacity &&
        VB_NAME(shrink)(c, row, scratch) + VB_NEIGHBOR_PANEL > c->capacity)
      return row;
    int64_t at = row * c->capacity + c->used[row], begin = at;
    int64_t unwanted = c->excluded ? c->excluded[row] - first : -1;
    for (; bits; bits &= bits - 1) {
      int64_t j = __builtin_ctzll(bits);
      if (j == unwanted) continue;
      VB_NAME(bounds)(square[j], errors[j], c->residual[row] + residuals[j], c->low + at, c->up + at);
      c->index[at++] = (int32_t)(first + j);
    }
    c->used[row] += (int32_t)(at - begin);
  }
  return rows;
}

static double VB_NAME(prepare)(const float *x, const double *center, double scale, double factor, int64_t count,
                               float *out) {
  for (int64_t i = 0; i < count; i++) out[i] = (float)(((double)x[i] * scale - (center ? center[i] : 0)) * factor);
  double sum = 0;
  {
#pragma clang fp reassociate(on)
    for (int64_t i = 0; i < count; i++) sum += (double)out[i] * (double)out[i];
  }
  return sum;
}

static double VB_NAME(prepare_halves)(const float *x, const double *center, double scale, double factor, int64_t count,
                                      uint16_t *out, double *residual) {
  double sum = 0, lacking = 0;
  {
#pragma clang fp reassociate(on)
    for (int64_t i = 0; i < count; i++) {
      double value, half;
      {
#pragma clang fp reassociate(off)
        value = ((double)x[i] * scale - (center ? center[i] : 0)) * factor;
      }
      union {
        float value;
        uint32_t bits;
      } word = {.value = (float)value};
      word.bits = (word.bits + 0x7FFF + (word.bits >> 16 & 1)) & 0xFFFF0000u;
      out[i] = (uint16_t)(word.bits >> 16);
      half = word.value;
      sum += half * half;
      lacking += (value - half) * (value - half);
    }
  }
  *residual += lacking;
  return sum;
}

static void VB_NAME(byte_sums)(const uint8_t *x, int64_t count, int64_t *sum, int64_t *square) {
  int64_t s = 0, q = 0;
  for (int64_t start = 0; start < count; start += 32768) {
    int64_t end = count - start < 32768 ? count : start + 32768;
    uint32_t a = 0, b = 0;
    for (int64_t i = start; i < end; i++) {
      a += x[i];
      b += (uint32_t)x[i] * x[i];
    }
    s += a;
    q += b;
  }
  *sum = s;
  *square = q;
}

static int64_t VB_NAME(squared_bytes)(const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans) {
  int64_t total = 0;
  for (int64_t s = 0; s < spans->count; s++) {
    const uint8_t *x = a + spans->start[s], *y = b + spans->start[s];
    for (int64_t begin = 0; begin < spans->length[s]; begin += 32768) {
      int64_t end = spans->length[s] - begin < 32768 ? spans->length[s] : begin + 32768;
      uint32_t sum = 0;
      for (int64_t i = begin; i < end; i++) {
        int16_t e = (int16_t)(x[i] - y[i]);
        sum += (uint32_t)((int32_t)e * (int32_t)e);
      }
      total += sum;
    }
  }
  return total;
}

static int64_t VB_NAME(dot_bytes)(const uint8_t *a, const uint8_t *b, const vb_neighbor_spans *spans) {
  int64_t total = 0;
  for (int64_t s = 0; s < spans->count; s++) {
    const uint8_t *x = a + spans->start[s], *y = b + spans->start[s];
    for (int64_t begin = 0; begin < spans->length[s]; begin += 32768) {
      int64_t end = spans->length[s] - begin < 32768 ? spans->length[s] : begin + 32768;
      uint32_t sum = 0;
      for (int64_t i = begin; i < end; i++) sum += (uint32_t)((int16_t)x[i] * (int16_t)y[i]);
      total += sum;
    }
  }
  return total;
}

static double VB_NAME(squared_floats)(const float *a, const float *b, double sa, double sb,
                                      const vb_neighbor_spans *spans) {
  double total = 0;
  for (int64_t s = 0; s < spans->count; s++) {
    const float *x = a + spans->start[s], *y = b + spans->start[s];
    int64_t length = spans->length[s], i = 0;
    vd chains = 0;
    for (; i + 8 <= length; i += 8) {
      vd e = __builtin_convertvector(*(const v8f_u *)(x + i), vd) * sa -
             __builtin_convertvector(*(const v8f_u *)(y + i), vd) * sb;
      chains += e * e;
    }
    for (int lane = 0; i < length; i++, lane++) {
      double e = (double)x[i] * sa - (double)y[i] * sb;
      chains[lane] += e * e;
    }
    total += ((chains[0] + chains[4]) + (chains[2] + chains[6])) + ((chains[1] + chains[5]) + (chains[3] + chains[7]));
  }
  return total;
}

#undef VB_ROWS
#undef VB_VECTORS
#undef VI
#undef VI_LANES
#undef VI_LOAD
#undef VI_STORE
#undef VI_SET
#undef VI_AND
#undef VI_SHIFT
#undef VI_MADD
#undef VI_ADD
#undef VB_EACH_VECTOR
#undef VB_AT
#undef VB_LANE
#undef VB_UNROLL
