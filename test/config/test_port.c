/** The host side of test/config: every symbol is weak, a test that wants another one defines it. */
#include "test_port.h"
#include "lwip/apps/fs.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define WEAK __attribute__((weak))

WEAK int test_context;
WEAK long test_alloc_countdown = -1;
WEAK unsigned long test_allocs;

static uint64_t rand_state = 0x9E3779B97F4A7C15u;

WEAK bool test_alloc_fails(void)
{
  test_allocs++;
  if (test_alloc_countdown < 0) {
    return false;
  }
  return test_alloc_countdown-- == 0;
}

WEAK void test_rand_seed(uint64_t seed)
{
  rand_state = seed * 0x9E3779B97F4A7C15u + 0xD1B54A32D192ED03u;
}

/** splitmix64 (Steele, Lea, Flood 2014). */
WEAK uint32_t test_rand(void)
{
  uint64_t z = rand_state += 0x9E3779B97F4A7C15u;

  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)((z ^ (z >> 31)) >> 16);
}

WEAK void test_diag(const char *fmt, ...)
{
  va_list ap;

  if (getenv("TEST_VERBOSE") == NULL) {
    return;
  }
  va_start(ap, fmt);
  vfprintf(stderr, fmt, ap);
  va_end(ap);
}

WEAK void test_assert_failed(const char *what, const char *file, int line)
{
  fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, what);
  fflush(NULL);
  abort();
}

/* ---- The HTTP server's program: no files of its own ---- */

#if LWIP_HTTPD_CUSTOM_FILES

int fs_open_custom(struct fs_file *file, const char *name);
void fs_close_custom(struct fs_file *file);

WEAK int fs_open_custom(struct fs_file *file, const char *name)
{
  (void)file;
  (void)name;
  return 0;
}

WEAK void fs_close_custom(struct fs_file *file)
{
  (void)file;
}

#endif

#if LWIP_HTTPD_CUSTOM_FILES && LWIP_HTTPD_FS_ASYNC_READ

u8_t fs_canread_custom(struct fs_file *file);
u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg);
int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg);

WEAK u8_t fs_canread_custom(struct fs_file *file)
{
  (void)file;
  return 1;
}

WEAK u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg)
{
  (void)file;
  (void)callback_fn;
  (void)callback_arg;
  return 0;
}

WEAK int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg)
{
  (void)file;
  (void)buffer;
  (void)count;
  (void)callback_fn;
  (void)callback_arg;
  return FS_READ_EOF;
}

#endif

#if LWIP_HTTPD_FILE_STATE

WEAK void *fs_state_init(struct fs_file *file, const char *name)
{
  (void)file;
  (void)name;
  return NULL;
}

WEAK void fs_state_free(struct fs_file *file, void *state)
{
  (void)file;
  (void)state;
}

#endif
