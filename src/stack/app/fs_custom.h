/** What a program with LWIP_HTTPD_CUSTOM_FILES or LWIP_HTTPD_FILE_STATE provides to fs.c, and stubs for one without. */
#ifndef LWIP_STACK_APP_FS_CUSTOM_H
#define LWIP_STACK_APP_FS_CUSTOM_H

#include "lwip/apps/fs.h"

#if LWIP_HTTPD_CUSTOM_FILES

int fs_open_custom(struct fs_file *file, const char *name);
void fs_close_custom(struct fs_file *file);

static inline int custom_open(struct fs_file *file, const char *name)
{
  return fs_open_custom(file, name);
}
static inline void custom_close(struct fs_file *file)
{
  fs_close_custom(file);
}
static inline void custom_mark(struct fs_file *file, u8_t custom)
{
  file->is_custom_file = custom;
}
static inline int fs_is_custom(const struct fs_file *file)
{
  return file->is_custom_file;
}

#else

static inline int custom_open(struct fs_file *file, const char *name)
{
  (void)file;
  (void)name;
  return 0;
}
static inline void custom_close(struct fs_file *file)
{
  (void)file;
}
static inline void custom_mark(struct fs_file *file, u8_t custom)
{
  (void)file;
  (void)custom;
}
static inline int fs_is_custom(const struct fs_file *file)
{
  (void)file;
  return 0;
}

#endif

#if LWIP_HTTPD_FS_ASYNC_READ
#if LWIP_HTTPD_CUSTOM_FILES
u8_t fs_canread_custom(struct fs_file *file);
u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg);
int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg);
#else
static inline u8_t fs_canread_custom(struct fs_file *file)
{
  (void)file;
  return 1;
}
static inline u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg)
{
  (void)file;
  (void)callback_fn;
  (void)callback_arg;
  return 0;
}
static inline int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn,
                                       void *callback_arg)
{
  (void)file;
  (void)buffer;
  (void)count;
  (void)callback_fn;
  (void)callback_arg;
  return FS_READ_EOF;
}
#endif
#define custom_read fs_read_async_custom
#elif LWIP_HTTPD_DYNAMIC_FILE_READ
#if LWIP_HTTPD_CUSTOM_FILES
int fs_read_custom(struct fs_file *file, char *buffer, int count);
#else
static inline int fs_read_custom(struct fs_file *file, char *buffer, int count)
{
  (void)file;
  (void)buffer;
  (void)count;
  return FS_READ_EOF;
}
#endif
#define custom_read fs_read_custom
#endif

#if LWIP_HTTPD_FILE_STATE
static inline void file_state_init(struct fs_file *file, const char *name)
{
  file->state = fs_state_init(file, name);
}
static inline void file_state_free(struct fs_file *file)
{
  fs_state_free(file, file->state);
}
#else
static inline void file_state_init(struct fs_file *file, const char *name)
{
  (void)file;
  (void)name;
}
static inline void file_state_free(struct fs_file *file)
{
  (void)file;
}
#endif

#endif
