#include <zimg.h>

/* A picture of one plane in memory. Here because Swift does not import the unnamed struct of a plane. */
static inline zimg_image_buffer_const verbatim_zimg_source(const void *data, ptrdiff_t stride) {
  zimg_image_buffer_const buffer = {ZIMG_API_VERSION};
  buffer.plane[0].data = data;
  buffer.plane[0].stride = stride;
  buffer.plane[0].mask = ZIMG_BUFFER_MAX;
  return buffer;
}

/* The same, to be written to. */
static inline zimg_image_buffer verbatim_zimg_target(void *data, ptrdiff_t stride) {
  zimg_image_buffer buffer = {ZIMG_API_VERSION};
  buffer.plane[0].data = data;
  buffer.plane[0].stride = stride;
  buffer.plane[0].mask = ZIMG_BUFFER_MAX;
  return buffer;
}
