/** Error codes in words and as errno values (lwip/err.h). */
#include "errnos.h"
#include "lwip/err.h"
#include "lwip/def.h"

/** In the order of err_enum_t, from 0 down. */
static const int err_errno[] = {
  0,            /* ERR_OK */
  ENOMEM,       /* ERR_MEM */
  ENOBUFS,      /* ERR_BUF */
  EWOULDBLOCK,  /* ERR_TIMEOUT: a blocking call whose time is over */
  EHOSTUNREACH, /* ERR_RTE */
  EINPROGRESS,  /* ERR_INPROGRESS */
  EINVAL,       /* ERR_VAL */
  EWOULDBLOCK,  /* ERR_WOULDBLOCK */
  EADDRINUSE,   /* ERR_USE */
  EALREADY,     /* ERR_ALREADY */
  EISCONN,      /* ERR_ISCONN */
  ENOTCONN,     /* ERR_CONN */
  EIO,          /* ERR_IF */
  ECONNABORTED, /* ERR_ABRT */
  ECONNRESET,   /* ERR_RST */
  ENOTCONN,     /* ERR_CLSD */
  EIO           /* ERR_ARG */
};

int err_to_errno(err_t err)
{
  int index = -(int)err;
  if (index < 0 || index >= (int)LWIP_ARRAYSIZE(err_errno)) {
    return EIO;
  }
  return err_errno[index];
}

#ifdef LWIP_DEBUG

static const char *const err_text[] = { "Ok.",
                                        "Out of memory.",
                                        "Buffer too small.",
                                        "Timed out.",
                                        "No route.",
                                        "In progress.",
                                        "Value out of range.",
                                        "Would block.",
                                        "Address in use.",
                                        "Already connecting.",
                                        "Already connected.",
                                        "Not connected.",
                                        "Interface error.",
                                        "Connection aborted.",
                                        "Connection reset.",
                                        "Connection closed.",
                                        "Bad argument." };

const char *lwip_strerr(err_t err)
{
  int index = -(int)err;
  if (index < 0 || index >= (int)LWIP_ARRAYSIZE(err_text)) {
    return "Unknown error.";
  }
  return err_text[index];
}

#endif
