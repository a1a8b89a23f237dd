/** The HTTP server's files: the tables of HTTPD_FSDATA_FILE, and the program's own. */
#include "lwip/apps/fs.h"

#if LWIP_TCP && LWIP_CALLBACK_API

#include "fs_custom.h"
#include <string.h>

#define LWIP_X_FSDATA_INCLUDED /* our default fsdata.c is empty when it is compiled alone */
#include HTTPD_FSDATA_FILE

static err_t open_constant(struct fs_file *file, const char *name)
{
  const struct fsdata_file *f;

  for (f = FS_ROOT; f != NULL; f = f->next) {
    if (strcmp(name, (const char *)f->name) == 0) {
      memset(file, 0, sizeof *file);
      file->data = (const char *)f->data;
      file->len = f->len;
      file->index = f->len;
      file->flags = f->flags;
#if HTTPD_PRECALCULATED_CHECKSUM
      file->chksum_count = f->chksum_count;
      file->chksum = f->chksum;
#endif
      return ERR_OK;
    }
  }
  return ERR_VAL;
}

err_t fs_open(struct fs_file *file, const char *name)
{
  err_t err = ERR_OK;

  if (file == NULL || name == NULL) {
    return ERR_ARG;
  }
  if (custom_open(file, name)) {
    custom_mark(file, 1);
  } else {
    err = open_constant(file, name);
  }
  if (err == ERR_OK) {
    file_state_init(file, name);
  }
  return err;
}

void fs_close(struct fs_file *file)
{
  if (fs_is_custom(file)) {
    custom_close(file);
  }
  file_state_free(file);
}

int fs_bytes_left(struct fs_file *file)
{
  return file->len - file->index;
}

#if LWIP_HTTPD_DYNAMIC_FILE_READ

static int read_constant(struct fs_file *file, char *buffer, int count)
{
  int left = fs_bytes_left(file);
  int n = left < count ? left : count;

  if (n <= 0) {
    return FS_READ_EOF;
  }
  memcpy(buffer, file->data + file->index, (size_t)n);
  file->index += n;
  return n;
}

#if LWIP_HTTPD_FS_ASYNC_READ
int fs_read_async(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg)
{
  if (fs_is_custom(file)) {
    return custom_read(file, buffer, count, callback_fn, callback_arg);
  }
  return read_constant(file, buffer, count);
}
#else
int fs_read(struct fs_file *file, char *buffer, int count)
{
  return fs_is_custom(file) ? custom_read(file, buffer, count) : read_constant(file, buffer, count);
}
#endif

#endif

#if LWIP_HTTPD_FS_ASYNC_READ
int fs_is_file_ready(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg)
{
  if (fs_is_custom(file) && !fs_canread_custom(file) && fs_wait_read_custom(file, callback_fn, callback_arg)) {
    return 0;
  }
  return 1;
}
#endif

#endif
