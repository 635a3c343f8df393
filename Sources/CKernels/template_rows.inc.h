// SPDX-License-Identifier: MIT
// Operations on one template and the channels of one image, included once per instruction set.
//
// Rows have `padded` doubles (a multiple of 16) with zeros behind the pixels. Channels are taken three, two or one
// at a time, so that a template is loaded once for all of them.

VB_INLINE double VB_NAME(sum8)(vd x) {
  return ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7]));
}

#define VB_BY_CHANNELS(channels, CALL)                   \
  do {                                                   \
    int64_t c = 0;                                       \
    for (; c + 3 <= (channels); c += 3) CALL(3);         \
    if ((channels) - c == 2) CALL(2);                    \
    if ((channels) - c == 1) CALL(1);                    \
  } while (0)

VB_INLINE void VB_NAME(dots_of)(int width, int64_t padded, const double *t, const double *rows, double *out) {
  vd even[3] = {0, 0, 0}, odd[3] = {0, 0, 0};
  for (int64_t k = 0; k < padded; k += 16) {
    vd t0 = *(const vd_u *)(t + k), t1 = *(const vd_u *)(t + k + 8);
#pragma clang loop unroll(full)
    for (int c = 0; c < width; c++) {
      even[c] += t0 * *(const vd_u *)(rows + c * padded + k);
      odd[c] += t1 * *(const vd_u *)(rows + c * padded + k + 8);
    }
  }
  for (int c = 0; c < width; c++) out[c] = VB_NAME(sum8)(even[c] + odd[c]);
}

// <t, row_c> for every channel.
static void VB_NAME(dots)(int64_t channels, int64_t padded, const double *t, const double *rows, double *out) {
#define VB_CALL(W) VB_NAME(dots_of)(W, padded, t, rows + c * padded, out + c)
  VB_BY_CHANNELS(channels, VB_CALL);
#undef VB_CALL
}
