/**
 * The files of the HTTP server: constant tables made by tools/makefsdata, and files of the program's own
 * (LWIP_HTTPD_CUSTOM_FILES).
 *
 * Context: core thread, or with the core locked.
 */
#ifndef LWIP_HDR_APPS_FS_H
#define LWIP_HDR_APPS_FS_H

#include "lwip/apps/httpd_opts.h"
#include "lwip/err.h"

#ifdef __cplusplus
extern "C" {
#endif

#define FS_READ_EOF -1     /**< nothing left */
#define FS_READ_DELAYED -2 /**< the callback will be called when there is something */

#define FS_FILE_FLAGS_HEADER_INCLUDED 0x01    /**< the data begins with the HTTP status line and header */
#define FS_FILE_FLAGS_HEADER_PERSISTENT 0x02  /**< ...which tells the length, so that the connection may stay open */
#define FS_FILE_FLAGS_HEADER_HTTPVER_1_1 0x04 /**< ...and says HTTP/1.1 */
#define FS_FILE_FLAGS_SSI 0x08                /**< to be searched for SSI tags */

#if HTTPD_PRECALCULATED_CHECKSUM
/** The Internet checksum of a piece of a file. */
struct fsdata_chksum {
  u32_t offset; /**< octets from the start of the data */
  u16_t chksum;
  u16_t len; /**< octets */
};
#endif

/** What fs_file.pextension points to; name your own type and define FS_FILE_EXTENSION_T_DEFINED. */
#ifndef FS_FILE_EXTENSION_T_DEFINED
typedef void fs_file_extension;
#endif

/** An open file.  fs_open_custom() fills it in. */
struct fs_file {
  const char *data;              /**< the contents, valid until the file is closed; NULL: to be read with fs_read() */
  int len;                       /**< octets */
  int index;                     /**< octets read so far: len if all of them are at data */
  fs_file_extension *pextension; /**< the program's */
#if HTTPD_PRECALCULATED_CHECKSUM
  const struct fsdata_chksum *chksum;
  u16_t chksum_count;
#endif
  u8_t flags; /**< FS_FILE_FLAGS_* */
#if LWIP_HTTPD_CUSTOM_FILES
  u8_t is_custom_file;
#endif
#if LWIP_HTTPD_FILE_STATE
  void *state; /**< what fs_state_init() returned */
#endif
};

#if LWIP_HTTPD_FS_ASYNC_READ
/** There is something to read now. */
typedef void (*fs_wait_cb)(void *arg);
#endif

/** Open the file @p name ("/index.html").  @retval ERR_VAL there is none  @retval ERR_ARG @p file or @p name is NULL */
err_t fs_open(struct fs_file *file, const char *name);

/** Close it: its data may go away. */
void fs_close(struct fs_file *file);

#if LWIP_HTTPD_DYNAMIC_FILE_READ
#if LWIP_HTTPD_FS_ASYNC_READ
/** As fs_read(), but may also return FS_READ_DELAYED; then @p callback_fn will be called. */
int fs_read_async(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg);
#else
/** Read up to @p count octets.  @return how many, or FS_READ_EOF */
int fs_read(struct fs_file *file, char *buffer, int count);
#endif
#endif

#if LWIP_HTTPD_FS_ASYNC_READ
/** @return 1: can be read now; 0: not yet, @p callback_fn will be called */
int fs_is_file_ready(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg);
#endif

/** Octets that fs_read() has not delivered yet. */
int fs_bytes_left(struct fs_file *file);

#if LWIP_HTTPD_FILE_STATE
/** Provided by the program: a file was opened.  @return what to keep in file->state */
void *fs_state_init(struct fs_file *file, const char *name);
/** Provided by the program: the file is being closed. */
void fs_state_free(struct fs_file *file, void *state);
#endif

/** A constant file, as makefsdata writes it; they form a list. */
struct fsdata_file {
  const struct fsdata_file *next;
  const unsigned char *name; /**< ends with NUL */
  const unsigned char *data;
  int len;    /**< octets */
  u8_t flags; /**< FS_FILE_FLAGS_* */
#if HTTPD_PRECALCULATED_CHECKSUM
  u16_t chksum_count;
  const struct fsdata_chksum *chksum;
#endif
};

#ifdef __cplusplus
}
#endif

#endif
