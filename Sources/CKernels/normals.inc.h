// SPDX-License-Identifier: MIT
// Body of normals.c, included once per instruction set.

// -2 ln u for u in (0, 1]: u = 2^e m with m in [sqrt(1/2), sqrt(2)), ln m by its odd series in (m-1)/(m+1).
VB_INLINE vf VB_NAME(minus_two_log)(vf u) {
  vi bits = __builtin_bit_cast(vi, u);
  vi shifted = bits - 0x3f3504f3;
  vi exponent = shifted >> 23;
  vf m = __builtin_bit_cast(vf, (shifted & 0x7fffff) + 0x3f3504f3);
  vf r = (m - 1.0f) / (m + 1.0f);
  vf r2 = r * r;
  // 2 atanh(r) = 2 r (1 + r^2/3 + r^4/5 + ..): |r| <= 0.1716, the next term is below 2e-9.
  vf series = 1.0f + r2 * (1.0f / 3 + r2 * (1.0f / 5 + r2 * (1.0f / 7 + r2 * (1.0f / 9))));
  vf e = __builtin_convertvector(exponent, vf);
  return -2.0f * (e * 0.693147180559945f + 2.0f * r * series);
}

// cos(pi x) and sin(pi x) for x in [-1, 1]: quadrant and Taylor polynomials on |f| <= 1/4.
VB_INLINE void VB_NAME(cos_sin_pi)(vf x, vf *cosine, vf *sine) {
  vf doubled = 2.0f * x + 12582912.0f;  // 1.5 * 2^23: rounds to an integer in the low bits
  vi quadrant = __builtin_bit_cast(vi, doubled) & 3;
  vf f = (x - 0.5f * (doubled - 12582912.0f)) * 3.14159265358979f;
  vf f2 = f * f;
  vf s = f * (1.0f + f2 * (-1.0f / 6 + f2 * (1.0f / 120 + f2 * (-1.0f / 5040 + f2 * (1.0f / 362880)))));
  vf c = 1.0f + f2 * (-0.5f + f2 * (1.0f / 24 + f2 * (-1.0f / 720 + f2 * (1.0f / 40320))));
  vi swap = (quadrant & 1) != 0;
  vi cs = __builtin_bit_cast(vi, c), ss = __builtin_bit_cast(vi, s);
  vi first = (swap & ss) | (~swap & cs), second = (swap & cs) | (~swap & ss);
  // quadrant 0: (c, s); 1: (-s, c); 2: (-c, -s); 3: (s, -c)
  first ^= ((quadrant + 1) & 2) << 30;
  second ^= (quadrant & 2) << 30;
  *cosine = __builtin_bit_cast(vf, first);
  *sine = __builtin_bit_cast(vf, second);
}

VB_INLINE void VB_NAME(philox_round)(vu c[4], uint32_t k0, uint32_t k1) {
  vl first = __builtin_convertvector(c[0], vl) * (uint64_t)0xD2511F53;
  vl second = __builtin_convertvector(c[2], vl) * (uint64_t)0xCD9E8D57;
  vu first_high = __builtin_convertvector(first >> 32, vu), first_low = __builtin_convertvector(first, vu);
  vu second_high = __builtin_convertvector(second >> 32, vu), second_low = __builtin_convertvector(second, vu);
  vu next0 = second_high ^ c[1] ^ k0, next2 = first_high ^ c[3] ^ k1;
  c[0] = next0;
  c[1] = second_low;
  c[2] = next2;
  c[3] = first_low;
}

VB_INLINE void VB_NAME(box_muller)(vu a, vu b, vf *first, vf *second) {
  vf u = __builtin_convertvector(a, vf) * 0x1p-32f + 0x1p-33f;
  vf radius = __builtin_elementwise_sqrt(VB_NAME(minus_two_log)(__builtin_elementwise_min(u, (vf)1.0f)));
  vf c, s;
  VB_NAME(cos_sin_pi)(__builtin_convertvector((vi)b, vf) * 0x1p-31f, &c, &s);
  *first = radius * c;
  *second = radius * s;
}

VB_INLINE void VB_NAME(normal_block)(uint64_t key, const uint32_t stream[3], uint32_t block, vf out[4]) {
  const vu lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  vu c[4] = {lanes + block * 16u, (vu)stream[0], (vu)stream[1], (vu)stream[2]};
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    VB_NAME(philox_round)(c, k0, k1);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  VB_NAME(box_muller)(c[0], c[1], &out[0], &out[1]);
  VB_NAME(box_muller)(c[2], c[3], &out[2], &out[3]);
}

static void VB_NAME(normals)(uint64_t key, const uint32_t stream[3], float *out, int64_t count) {
  vf four[4];
  int64_t block = 0;
  for (; (block + 1) * 64 <= count; block++) {
    VB_NAME(normal_block)(key, stream, (uint32_t)block, four);
    for (int q = 0; q < 4; q++) *(vf_u *)(out + block * 64 + q * 16) = four[q];
  }
  if (block * 64 < count) {
    VB_NAME(normal_block)(key, stream, (uint32_t)block, four);
    memcpy(out + block * 64, four, (size_t)(count - block * 64) * sizeof(float));
  }
}
