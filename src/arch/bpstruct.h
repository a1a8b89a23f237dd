/* Opens packed structures under PACK_STRUCT_USE_INCLUDES; no include guard, on purpose. */
#if defined(_MSC_VER) || defined(__ICCARM__)
#pragma pack(push, 1)
#endif
