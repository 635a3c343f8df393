// SPDX-License-Identifier: MIT
// Operations of the training step on one component's template and the channels of one image, included once per
// instruction set after template_rows.inc.h. `n` stands for base - share t, formed on the way.

VB_INLINE void VB_NAME(add_residual_of)(int width, int64_t padded, const double *t, const double *base, double share,
                                        const double *on_t, const double *on_n, double *error) {
  for (int64_t k = 0; k < padded; k += 8) {
    vd template = *(const vd_u *)(t + k), n = *(const vd_u *)(base + k) - share * template;
#pragma clang loop unroll(full)
    for (int c = 0; c < width; c++)
      *(vd_u *)(error + c * padded + k) += on_t[c] * template + on_n[c] * n;
  }
}

// error_c += on_t[c] t + on_n[c] n.
static void VB_NAME(add_residual)(int64_t channels, int64_t padded, const double *t, const double *base, double share,
                                  const double *on_t, const double *on_n, double *error) {
#define VB_CALL(W) VB_NAME(add_residual_of)(W, padded, t, base, share, on_t + c, on_n + c, error + c * padded)
  VB_BY_CHANNELS(channels, VB_CALL);
#undef VB_CALL
}

VB_INLINE void VB_NAME(both_dots_of)(int width, int64_t padded, const double *t, const double *base, double share,
                                     const double *rows, double *with_t, double *with_n) {
  vd a[3] = {0, 0, 0}, b[3] = {0, 0, 0};
  for (int64_t k = 0; k < padded; k += 8) {
    vd template = *(const vd_u *)(t + k), n = *(const vd_u *)(base + k) - share * template;
#pragma clang loop unroll(full)
    for (int c = 0; c < width; c++) {
      vd row = *(const vd_u *)(rows + c * padded + k);
      a[c] += template * row;
      b[c] += n * row;
    }
  }
  for (int c = 0; c < width; c++) {
    with_t[c] = VB_NAME(sum8)(a[c]);
    with_n[c] = VB_NAME(sum8)(b[c]);
  }
}

// <row_c, t> and <row_c, n> for every channel.
static void VB_NAME(both_dots)(int64_t channels, int64_t padded, const double *t, const double *base, double share,
                               const double *rows, double *with_t, double *with_n) {
#define VB_CALL(W) VB_NAME(both_dots_of)(W, padded, t, base, share, rows + c * padded, with_t + c, with_n + c)
  VB_BY_CHANNELS(channels, VB_CALL);
#undef VB_CALL
}

VB_INLINE void VB_NAME(add_gradient_of)(int width, int64_t pixels, int64_t padded, const double *t,
                                        const double *base, double share, double on_t, double on_n,
                                        const double *error, const double *on_error, const double *noise,
                                        const double *on_noise, double *into) {
  int64_t k = 0;
  for (; k + 8 <= pixels; k += 8) {
    vd template = *(const vd_u *)(t + k), n = *(const vd_u *)(base + k) - share * template;
    vd sum = on_t * template + on_n * n;
#pragma clang loop unroll(full)
    for (int c = 0; c < width; c++)
      sum += on_error[c] * *(const vd_u *)(error + c * padded + k) + on_noise[c] * *(const vd_u *)(noise + c * padded + k);
    *(vd_u *)(into + k) += sum;
  }
  for (; k < pixels; k++) {
    double sum = on_t * t[k] + on_n * (base[k] - share * t[k]);
    for (int c = 0; c < width; c++) sum += on_error[c] * error[c * padded + k] + on_noise[c] * noise[c * padded + k];
    into[k] += sum;
  }
}

// into += on_t t + on_n n + sum_c (on_error[c] error_c + on_noise[c] noise_c), over the unpadded pixels.
static void VB_NAME(add_gradient)(int64_t channels, int64_t pixels, int64_t padded, const double *t,
                                  const double *base, double share, double on_t, double on_n, const double *error,
                                  const double *on_error, const double *noise, const double *on_noise, double *into) {
#define VB_CALL(W)                                                                                                  \
  VB_NAME(add_gradient_of)(W, pixels, padded, t, base, share, c == 0 ? on_t : 0, c == 0 ? on_n : 0,                   \
                           error + c * padded, on_error + c, noise + c * padded, on_noise + c, into)
  VB_BY_CHANNELS(channels, VB_CALL);
#undef VB_CALL
}
