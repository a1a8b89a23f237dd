/* Closes what arch/bpstruct.h opened. */
#if defined(_MSC_VER) || defined(__ICCARM__)
#pragma pack(pop)
#endif
