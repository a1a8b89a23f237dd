/**
 * Options of the HTTP server (lwip/apps/httpd.h) and of its file system (lwip/apps/fs.h).
 * Set them in lwipopts.h.  Where a default differs from lwIP 2.1.3, the comment says so.
 */
#ifndef LWIP_HDR_APPS_HTTPD_OPTS_H
#define LWIP_HDR_APPS_HTTPD_OPTS_H

#include "lwip/opt.h"
#include "lwip/prot/iana.h"

/* ---- Dynamic content ---- */

/** Old-style CGI: a table of URIs, each with a function that picks the file to answer with. */
#ifndef LWIP_HTTPD_CGI
#define LWIP_HTTPD_CGI 0
#endif

/** New-style CGI: httpd_cgi_handler() gets the parameters of every URI together with the opened file. */
#ifndef LWIP_HTTPD_CGI_SSI
#define LWIP_HTTPD_CGI_SSI 0
#endif

/** Parameters handed to a CGI function at most; the rest is ignored. */
#ifndef LWIP_HTTPD_MAX_CGI_PARAMETERS
#define LWIP_HTTPD_MAX_CGI_PARAMETERS 16
#endif

/** Server-side includes: tags in files are filled in by a function of the program. */
#ifndef LWIP_HTTPD_SSI
#define LWIP_HTTPD_SSI 0
#endif

/** The SSI function gets the tag's name instead of its index in a table. */
#ifndef LWIP_HTTPD_SSI_RAW
#define LWIP_HTTPD_SSI_RAW 0
#endif

/** Which files are searched for tags: 0: those flagged FS_FILE_FLAGS_SSI; 1: also those whose name ends in .shtml,
 *  .shtm, .ssi, .xml or .json; 2: the program decides. */
#ifndef LWIP_HTTPD_SSI_BY_FILE_EXTENSION
#define LWIP_HTTPD_SSI_BY_FILE_EXTENSION 1
#endif

/** The SSI function may be asked for one tag's text in several parts. */
#ifndef LWIP_HTTPD_SSI_MULTIPART
#define LWIP_HTTPD_SSI_MULTIPART 0
#endif

/** Octets of a tag's name at most; a longer tag is sent as it stands. */
#ifndef LWIP_HTTPD_MAX_TAG_NAME_LEN
#define LWIP_HTTPD_MAX_TAG_NAME_LEN 8
#endif

/** Octets put in place of a tag at most (in one part). */
#ifndef LWIP_HTTPD_MAX_TAG_INSERT_LEN
#define LWIP_HTTPD_MAX_TAG_INSERT_LEN 192
#endif

/** Send the tag itself too, in front of what it is replaced by. */
#ifndef LWIP_HTTPD_SSI_INCLUDE_TAG
#define LWIP_HTTPD_SSI_INCLUDE_TAG 1
#endif

/** TCP_WRITE_FLAG_COPY if the text at ptr may change before it is acknowledged, else 0. */
#ifndef HTTP_IS_TAG_VOLATILE
#define HTTP_IS_TAG_VOLATILE(ptr) TCP_WRITE_FLAG_COPY
#endif

/** The POST method, handed to httpd_post_begin() and friends. */
#ifndef LWIP_HTTPD_SUPPORT_POST
#define LWIP_HTTPD_SUPPORT_POST 0
#endif

/** The program opens the receive window itself while a POST comes in (httpd_post_data_recved()). */
#ifndef LWIP_HTTPD_POST_MANUAL_WND
#define LWIP_HTTPD_POST_MANUAL_WND 0
#endif

/** Octets of the name of the file that answers a POST. */
#ifndef LWIP_HTTPD_POST_MAX_RESPONSE_URI_LEN
#define LWIP_HTTPD_POST_MAX_RESPONSE_URI_LEN 63
#endif

/* ---- The answers ---- */

/** What the Server header says.  lwIP names its home page here; a shorter text tells a stranger less. */
#ifndef HTTPD_SERVER_AGENT
#define HTTPD_SERVER_AGENT "lwIP/" LWIP_VERSION_STRING
#endif

/** Make the header of each answer at run time.  0: the files bring theirs along, made by tools/makefsdata;
 *  a file without one is then sent as it is. */
#ifndef LWIP_HTTPD_DYNAMIC_HEADERS
#define LWIP_HTTPD_DYNAMIC_HEADERS 0
#endif

/** With LWIP_HTTPD_DYNAMIC_HEADERS: send files without an extension in their name bare, without a header. */
#ifndef LWIP_HTTPD_OMIT_HEADER_FOR_EXTENSIONLESS_URI
#define LWIP_HTTPD_OMIT_HEADER_FOR_EXTENSIONLESS_URI 0
#endif

/** Answer a bad request with a status and a page before closing.  0: just close.  (lwIP: 0) */
#ifndef LWIP_HTTPD_SUPPORT_EXTSTATUS
#define LWIP_HTTPD_SUPPORT_EXTSTATUS 1
#endif

/** Understand HTTP/0.9 ("GET /page" and nothing else).  (lwIP: 1) */
#ifndef LWIP_HTTPD_SUPPORT_V09
#define LWIP_HTTPD_SUPPORT_V09 0
#endif

/** Serve several requests over one connection.  A file that brings its own header along must be flagged
 *  FS_FILE_FLAGS_HEADER_PERSISTENT (makefsdata -11), else the connection closes after it.  (lwIP: 0) */
#ifndef LWIP_HTTPD_SUPPORT_11_KEEPALIVE
#define LWIP_HTTPD_SUPPORT_11_KEEPALIVE 1
#endif

/** Time each file sent and say so (HTTPD_DEBUG_TIMING). */
#ifndef LWIP_HTTPD_TIMING
#define LWIP_HTTPD_TIMING 0
#endif

/** Debug messages about timing. */
#ifndef HTTPD_DEBUG_TIMING
#define HTTPD_DEBUG_TIMING LWIP_DBG_OFF
#endif

/** Debug messages of the server. */
#ifndef HTTPD_DEBUG
#define HTTPD_DEBUG LWIP_DBG_OFF
#endif

/* ---- Connections ---- */

/** TCP port of the server. */
#ifndef HTTPD_SERVER_PORT
#define HTTPD_SERVER_PORT LWIP_IANA_PORT_HTTP
#endif

/** TCP port of the server for HTTPS. */
#ifndef HTTPD_SERVER_PORT_HTTPS
#define HTTPD_SERVER_PORT_HTTPS LWIP_IANA_PORT_HTTPS
#endif

/** Offer httpd_inits(). */
#ifndef HTTPD_ENABLE_HTTPS
#define HTTPD_ENABLE_HTTPS 0
#endif

/** Take the state of a connection from a pool of MEMP_NUM_PARALLEL_HTTPD_CONNS (which you define) instead of the heap. */
#ifndef HTTPD_USE_MEM_POOL
#define HTTPD_USE_MEM_POOL 0
#endif

/** A connection is dropped after so many polls without progress... */
#ifndef HTTPD_MAX_RETRIES
#define HTTPD_MAX_RETRIES 4
#endif

/** ...each this many half seconds long. */
#ifndef HTTPD_POLL_INTERVAL
#define HTTPD_POLL_INTERVAL 4
#endif

/** TCP priority of the server's connections: the lowest goes first when pcbs run out. */
#ifndef HTTPD_TCP_PRIO
#define HTTPD_TCP_PRIO TCP_PRIO_MIN
#endif

/** Out of memory for one more connection: drop the oldest one for it. */
#ifndef LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED
#define LWIP_HTTPD_KILL_OLD_ON_CONNECTIONS_EXCEEDED 0
#endif

/** Abort a connection that cannot be closed for lack of memory, instead of trying again later. */
#ifndef LWIP_HTTPD_ABORT_ON_CLOSE_MEM_ERROR
#define LWIP_HTTPD_ABORT_ON_CLOSE_MEM_ERROR 0
#endif

/** Keep no more than two segments of a connection queued, to leave memory to others. */
#ifndef HTTPD_LIMIT_SENDING_TO_2MSS
#define HTTPD_LIMIT_SENDING_TO_2MSS 1
#endif

/** Octets queued at once at most, for a struct altcp_pcb *; undefined: as many as TCP takes. */
#ifndef HTTPD_MAX_WRITE_LEN
#if HTTPD_LIMIT_SENDING_TO_2MSS
#define HTTPD_MAX_WRITE_LEN(pcb) ((u16_t)(2 * altcp_mss(pcb)))
#endif
#endif

/* ---- Requests ---- */

/** Accept requests that come in several pieces.  (They always are; the option remains for lwIP's sake.) */
#ifndef LWIP_HTTPD_SUPPORT_REQUESTLIST
#define LWIP_HTTPD_SUPPORT_REQUESTLIST 1
#endif

#if LWIP_HTTPD_SUPPORT_REQUESTLIST
/** Pbufs of further requests kept while one is being answered; more wait in TCP. */
#ifndef LWIP_HTTPD_REQ_QUEUELEN
#define LWIP_HTTPD_REQ_QUEUELEN 5
#endif

/** Octets of request line with its parameters, where CGI needs them (LWIP_X_HTTPD_LINE_LEN). */
#ifndef LWIP_HTTPD_MAX_REQ_LENGTH
#define LWIP_HTTPD_MAX_REQ_LENGTH LWIP_MIN(1023, (LWIP_HTTPD_REQ_QUEUELEN * PBUF_POOL_BUFSIZE))
#endif

/** Not used: a request is parsed as it comes in, not collected.  The option remains for lwIP's sake. */
#ifndef LWIP_HTTPD_REQ_BUFSIZE
#define LWIP_HTTPD_REQ_BUFSIZE LWIP_HTTPD_MAX_REQ_LENGTH
#endif
#endif

/** Octets of a path that ends in '/', to which the names of the default files are appended; 0: only "/" itself has
 *  a default file. */
#ifndef LWIP_HTTPD_MAX_REQUEST_URI_LEN
#define LWIP_HTTPD_MAX_REQUEST_URI_LEN 63
#endif

/** Octets of the longest request line understood; a longer one is answered with 414.  Each connection keeps a buffer
 *  of this size.  An option of ours. */
#ifndef LWIP_X_HTTPD_LINE_LEN
#if LWIP_HTTPD_CGI || LWIP_HTTPD_CGI_SSI
#define LWIP_X_HTTPD_LINE_LEN LWIP_HTTPD_MAX_REQ_LENGTH
#else
#define LWIP_X_HTTPD_LINE_LEN 255
#endif
#endif

/** Octets of all the header lines of a request; more are answered with 431.  They are not stored, so that this is a
 *  limit of patience, not of memory.  An option of ours. */
#ifndef LWIP_X_HTTPD_MAX_HEADER_LEN
#define LWIP_X_HTTPD_MAX_HEADER_LEN 16384
#endif

/* ---- The file system ---- */

/** The program opens files too: it provides
 *  int fs_open_custom(struct fs_file *file, const char *name)  - asked first; non-zero: opened
 *  void fs_close_custom(struct fs_file *file). */
#ifndef LWIP_HTTPD_CUSTOM_FILES
#define LWIP_HTTPD_CUSTOM_FILES 0
#endif

/** Files may be read piece by piece (fs_read()) instead of lying in memory as a whole; with custom files the program
 *  provides int fs_read_custom(struct fs_file *file, char *buffer, int count). */
#ifndef LWIP_HTTPD_DYNAMIC_FILE_READ
#define LWIP_HTTPD_DYNAMIC_FILE_READ 0
#endif

/** A read may be answered later, by a callback; with custom files the program provides
 *  u8_t fs_canread_custom(struct fs_file *file),
 *  u8_t fs_wait_read_custom(struct fs_file *file, fs_wait_cb callback_fn, void *callback_arg) and
 *  int fs_read_async_custom(struct fs_file *file, char *buffer, int count, fs_wait_cb callback_fn, void *callback_arg). */
#ifndef LWIP_HTTPD_FS_ASYNC_READ
#define LWIP_HTTPD_FS_ASYNC_READ 0
#endif

/** Each open file carries a pointer of the program's: fs_state_init(), fs_state_free(). */
#ifndef LWIP_HTTPD_FILE_STATE
#define LWIP_HTTPD_FILE_STATE 0
#endif

/** The file tables carry checksums of the files' segments (makefsdata -c).  They are kept for programs that look at
 *  them; TCP sums up what it sends itself. */
#ifndef HTTPD_PRECALCULATED_CHECKSUM
#define HTTPD_PRECALCULATED_CHECKSUM 0
#endif

/** The C file with the files, made by tools/makefsdata. */
#ifndef HTTPD_FSDATA_FILE
#if defined(HTTPD_USE_CUSTOM_FSDATA) && (HTTPD_USE_CUSTOM_FSDATA != 0)
#define HTTPD_FSDATA_FILE "fsdata_custom.c"
#else
#define HTTPD_FSDATA_FILE "fsdata.c"
#endif
#endif

#endif
