/**
 * TLS as a layer of lwip/altcp.h.  Only declarations: a port of a TLS library provides the functions
 * (LWIP_ALTCP_TLS).  Keys and certificates are PEM (with the terminating zero counted) or DER.
 */
#ifndef LWIP_HDR_ALTCP_TLS_H
#define LWIP_HDR_ALTCP_TLS_H

#include "lwip/opt.h"

#if LWIP_ALTCP && LWIP_ALTCP_TLS

#include "lwip/altcp.h"
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Keys, certificates and settings shared by connections; defined by the TLS port. */
struct altcp_tls_config;

/** Give an empty server configuration for @p cert_count certificates; NULL if memory is short. */
struct altcp_tls_config *altcp_tls_create_config_server(uint8_t cert_count);

/** Add a certificate with its private key (and the key's password, or NULL and 0). */
err_t altcp_tls_config_server_add_privkey_cert(struct altcp_tls_config *config, const u8_t *privkey, size_t privkey_len,
                                               const u8_t *privkey_pass, size_t privkey_pass_len, const u8_t *cert,
                                               size_t cert_len);

/** Give a server configuration with one certificate. */
struct altcp_tls_config *altcp_tls_create_config_server_privkey_cert(const u8_t *privkey, size_t privkey_len,
                                                                     const u8_t *privkey_pass, size_t privkey_pass_len,
                                                                     const u8_t *cert, size_t cert_len);

/** Give a client configuration that trusts @p cert, an authority's certificate; NULL: no server is verified. */
struct altcp_tls_config *altcp_tls_create_config_client(const u8_t *cert, size_t cert_len);

/** The same with a certificate and key of the client's own. */
struct altcp_tls_config *altcp_tls_create_config_client_2wayauth(const u8_t *ca, size_t ca_len, const u8_t *privkey,
                                                                 size_t privkey_len, const u8_t *privkey_pass,
                                                                 size_t privkey_pass_len, const u8_t *cert,
                                                                 size_t cert_len);

/** Takes @p conf; no connection may use it any more. */
void altcp_tls_free_config(struct altcp_tls_config *conf);

/** Free the random generator shared by the configurations; only when none is left. */
void altcp_tls_free_entropy(void);

/** Put TLS over @p inner_pcb, which is taken unless NULL is returned. */
struct altcp_pcb *altcp_tls_wrap(struct altcp_tls_config *config, struct altcp_pcb *inner_pcb);

/** Give a new TLS connection over TCP. */
struct altcp_pcb *altcp_tls_new(struct altcp_tls_config *config, u8_t ip_type);

/** An altcp_new_fn for altcp_allocator_t; @p arg is the struct altcp_tls_config. */
struct altcp_pcb *altcp_tls_alloc(void *arg, u8_t ip_type);

/** @return the TLS library's own connection object, to set what this interface does not */
void *altcp_tls_context(struct altcp_pcb *conn);

#ifdef __cplusplus
}
#endif

#endif
#endif
