/**
 * An HTTP/1.1 server for files (RFC 9110, RFC 9112): GET and HEAD, persistent connections, pipelining.
 * Options in lwip/apps/httpd_opts.h, files in lwip/apps/fs.h.
 *
 * Context of all functions: core thread, or with the core locked.
 */
#ifndef LWIP_HDR_APPS_HTTPD_H
#define LWIP_HDR_APPS_HTTPD_H

#include "lwip/apps/httpd_opts.h"
#include "lwip/err.h"
#include "lwip/pbuf.h"

#ifdef __cplusplus
extern "C" {
#endif

#if LWIP_HTTPD_CGI

/**
 * A URI of the table was asked for.
 * @param iIndex     its place in the table
 * @param iNumParams parameters of the URI (?a=1&b=2), at most LWIP_HTTPD_MAX_CGI_PARAMETERS
 * @param pcParam    their names
 * @param pcValue    their values, as sent: not decoded; NULL for a name without '='
 * @return the name of the file to answer with
 */
typedef const char *(*tCGIHandler)(int iIndex, int iNumParams, char *pcParam[], char *pcValue[]);

/** A URI and its function. */
typedef struct {
  const char *pcCGIName;
  tCGIHandler pfnCGIHandler;
} tCGI;

/** Set the table of CGI functions.  Lends @p pCGIs. */
void http_set_cgi_handlers(const tCGI *pCGIs, int iNumHandlers);

#endif

#if LWIP_HTTPD_CGI_SSI
struct fs_file;

/** Provided by the program: called for each URI with parameters, after its file was opened. */
extern void httpd_cgi_handler(struct fs_file *file, const char *uri, int iNumParams, char **pcParam, char **pcValue
#if LWIP_HTTPD_FILE_STATE
                              ,
                              void *connection_state
#endif
);
#endif

#if LWIP_HTTPD_SSI

/**
 * Fill in a tag <!--#name-->.
 * @param pcInsert   put the text here; needs no NUL
 * @param iInsertLen octets of room
 * @return octets written, or HTTPD_SSI_TAG_UNKNOWN
 */
typedef u16_t (*tSSIHandler)(
#if LWIP_HTTPD_SSI_RAW
  const char *ssi_tag_name,
#else
  int iIndex,
#endif
  char *pcInsert, int iInsertLen
#if LWIP_HTTPD_SSI_MULTIPART
  ,
  u16_t current_tag_part, u16_t *next_tag_part
#endif
#if LWIP_HTTPD_FILE_STATE
  ,
  void *connection_state
#endif
);

/** Set the SSI function and the names of the tags it knows.  Lends @p ppcTags (not used with LWIP_HTTPD_SSI_RAW). */
void http_set_ssi_handler(tSSIHandler pfnSSIHandler, const char **ppcTags, int iNumTags);

/** The tag is none of ours: the server says so in the page. */
#define HTTPD_SSI_TAG_UNKNOWN 0xFFFF

#endif

#if LWIP_HTTPD_SUPPORT_POST

/**
 * Provided by the program: a POST has begun.
 * @param connection       names the connection until httpd_post_finished()
 * @param uri              as sent
 * @param http_request     the request's header lines, as far as they are there
 * @param http_request_len octets of them
 * @param content_len      octets of body announced
 * @param response_uri     when refusing: put the name of the answering file here
 * @param response_uri_len octets of room there
 * @param post_auto_wnd    set to 0 to open the window yourself (LWIP_HTTPD_POST_MANUAL_WND)
 * @retval ERR_OK the body may come  @retval other refused
 */
err_t httpd_post_begin(void *connection, const char *uri, const char *http_request, u16_t http_request_len,
                       int content_len, char *response_uri, u16_t response_uri_len, u8_t *post_auto_wnd);

/** Provided by the program: some of the body.  Takes @p p.  @retval other than ERR_OK: no more, please */
err_t httpd_post_receive_data(void *connection, struct pbuf *p);

/** Provided by the program: the body is complete, or the connection was lost; name the answering file (untouched: 404). */
void httpd_post_finished(void *connection, char *response_uri, u16_t response_uri_len);

#if LWIP_HTTPD_POST_MANUAL_WND
/** Open the window by @p recved_len octets of body that were dealt with. */
void httpd_post_data_recved(void *connection, u16_t recved_len);
#endif

#endif

/** Start the server on HTTPD_SERVER_PORT, on all addresses.  Asserts that a pcb and the port could be had. */
void httpd_init(void);

#if HTTPD_ENABLE_HTTPS
struct altcp_tls_config;
/** Start the server for HTTPS on HTTPD_SERVER_PORT_HTTPS. */
void httpd_inits(struct altcp_tls_config *conf);
#endif

#ifdef __cplusplus
}
#endif

#endif
