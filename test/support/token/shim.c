/*
 * A PKCS #11 driver for tests that behaves as tokens in offices do. The real work is SoftHSM's behind it; what the
 * file beside this library, named as it is with ".behaviour" behind, says line by line is changed on the way:
 *
 *   driver PATH            SoftHSM's library          configuration PATH   its configuration
 *   label TEXT             every token's label        serial TEXT          every token's serial number
 *   no-labels              objects have no CKA_LABEL
 *   pad PIN                the PIN is typed on the reader; a login that passes one is an error
 *   tries N                wrong PINs until the token locks; the count is kept in ….wrong
 *   flags NUMBER           further token flags
 *   mechanisms NUMBER …    all that the token offers
 *   login-returns NUMBER [N]    what C_Login returns without looking at the PIN; only the first N times
 *   begin-returns NUMBER [N]    the same for C_SignInit
 *   sign-returns NUMBER [N]     what the C_Sign number N returns, or each
 *   pull-at N              the token is pulled out while signature number N is made
 *   sign-ms NUMBER         how long a signature takes
 *   crash CALL, hang CALL  C_GetSlotList, C_Login or C_Sign never returns
 *
 * While a file ….pulled exists, no token is there; sessions and logins from before are gone. Calls that matter are
 * written to ….calls, without what they were given.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <pkcs11/pkcs11.h>

static CK_FUNCTION_LIST own;
static CK_FUNCTION_LIST_PTR real;
static char home[4096];
static int logins, begins, signatures, gone;

static const char *beside(const char *ending) {
  static char path[4200];
  snprintf(path, sizeof path, "%s%s", home, ending);
  return path;
}

/* The rest of the line that begins with the key; NULL when there is none. */
static const char *setting(const char *key) {
  static char line[4096];
  size_t length = strlen(key);
  FILE *file = fopen(beside(".behaviour"), "r");
  const char *found = NULL;
  while (file && !found && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, key, length) == 0 && (line[length] == ' ' || line[length] == 0)) found = line + length;
  }
  if (file) fclose(file);
  return found && *found == ' ' ? found + 1 : found;
}

static long number(const char *key, long otherwise) {
  const char *text = setting(key);
  return text ? strtol(text, NULL, 0) : otherwise;
}

static void note(const char *what, long detail) {
  int file = open(beside(".calls"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  char line[200];
  int length = snprintf(line, sizeof line, "%s %#lx\n", what, detail);
  if (file < 0) return;
  if (write(file, line, length) != length) abort();
  close(file);
}

static void mayStop(const char *call) {
  const char *crash = setting("crash");
  if (crash && strcmp(crash, call) == 0) raise(SIGSEGV);
  const char *hang = setting("hang");
  while (hang && strcmp(hang, call) == 0) pause();
}

/* "NUMBER" returns it at every call, "NUMBER N" at the first N; CKR_OK otherwise. */
static CK_RV scripted(const char *key, int count) {
  const char *text = setting(key);
  char *rest;
  if (!text) return CKR_OK;
  CK_RV returned = strtoul(text, &rest, 0);
  long times = strtol(rest, NULL, 0);
  return times == 0 || count <= times ? returned : CKR_OK;
}

static CK_RV scriptedAt(const char *key, int count) {
  const char *text = setting(key);
  char *rest;
  if (!text) return CKR_OK;
  CK_RV returned = strtoul(text, &rest, 0);
  long at = strtol(rest, NULL, 0);
  return at == 0 || count == at ? returned : CKR_OK;
}

/* Whether the token is out. When it goes, so do its sessions. */
static int isPulled(void) {
  struct stat there;
  int pulled = stat(beside(".pulled"), &there) == 0;
  if (pulled && !gone) {
    CK_SLOT_ID slots[64];
    CK_ULONG count = 64;
    if (real->C_GetSlotList(CK_TRUE, slots, &count) == CKR_OK)
      for (CK_ULONG i = 0; i < count; i++) real->C_CloseAllSessions(slots[i]);
  }
  gone = pulled;
  return pulled;
}

static long wrongPins(void) {
  long count = 0;
  FILE *file = fopen(beside(".wrong"), "r");
  if (file && fscanf(file, "%ld", &count) != 1) count = 0;
  if (file) fclose(file);
  return count;
}

static void setWrongPins(long count) {
  FILE *file = fopen(beside(".wrong"), "w");
  if (!file) abort();
  fprintf(file, "%ld", count);
  fclose(file);
}

static CK_RV initialise(CK_VOID_PTR arguments) {
  const char *configuration = setting("configuration");
  const char *before = getenv("SOFTHSM2_CONF");
  char *kept = before ? strdup(before) : NULL;
  logins = begins = signatures = gone = 0;
  if (configuration) setenv("SOFTHSM2_CONF", configuration, 1);
  CK_RV returned = real->C_Initialize(arguments);
  if (kept) setenv("SOFTHSM2_CONF", kept, 1);
  else unsetenv("SOFTHSM2_CONF");
  free(kept);
  return returned;
}

static CK_RV getSlotList(CK_BBOOL present, CK_SLOT_ID_PTR slots, CK_ULONG_PTR count) {
  mayStop("C_GetSlotList");
  if (present && isPulled()) {
    *count = 0;
    return CKR_OK;
  }
  return real->C_GetSlotList(present, slots, count);
}

static CK_RV getTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO_PTR info) {
  if (isPulled()) return CKR_TOKEN_NOT_PRESENT;
  CK_RV returned = real->C_GetTokenInfo(slot, info);
  if (returned != CKR_OK) return returned;
  const char *label = setting("label");
  if (label) {
    memset(info->label, ' ', sizeof info->label);
    memcpy(info->label, label, strnlen(label, sizeof info->label));
  }
  const char *serial = setting("serial");
  if (serial) {
    memset(info->serialNumber, ' ', sizeof info->serialNumber);
    memcpy(info->serialNumber, serial, strnlen(serial, sizeof info->serialNumber));
  }
  info->flags |= number("flags", 0);
  if (setting("pad")) info->flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
  long tries = number("tries", 0);
  if (tries > 0) {
    long left = tries - wrongPins();
    info->flags &= ~(CK_FLAGS)(CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY | CKF_USER_PIN_LOCKED);
    if (left < tries) info->flags |= CKF_USER_PIN_COUNT_LOW;
    if (left == 1) info->flags |= CKF_USER_PIN_FINAL_TRY;
    if (left <= 0) info->flags |= CKF_USER_PIN_LOCKED;
  }
  return CKR_OK;
}

static CK_RV getMechanismList(CK_SLOT_ID slot, CK_MECHANISM_TYPE_PTR list, CK_ULONG_PTR count) {
  const char *text = setting("mechanisms");
  if (isPulled()) return CKR_TOKEN_NOT_PRESENT;
  if (!text) return real->C_GetMechanismList(slot, list, count);
  CK_ULONG found = 0;
  for (char *rest; ; text = rest, found++) {
    CK_MECHANISM_TYPE mechanism = strtoul(text, &rest, 0);
    if (rest == text) break;
    if (list && found < *count) list[found] = mechanism;
  }
  *count = found;
  return CKR_OK;
}

static CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS flags, CK_VOID_PTR application, CK_NOTIFY notify,
                         CK_SESSION_HANDLE_PTR session) {
  if (isPulled()) return CKR_TOKEN_NOT_PRESENT;
  return real->C_OpenSession(slot, flags, application, notify, session);
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR_PTR pin, CK_ULONG length) {
  char onPad[64];
  note(pin ? "C_Login" : "C_Login NULL", user);
  mayStop("C_Login");
  if (isPulled()) return CKR_DEVICE_REMOVED;
  CK_RV returned = scripted("login-returns", ++logins);
  if (returned != CKR_OK) return returned;
  const char *typed = setting("pad");
  if ((typed != NULL) != (pin == NULL) || (pin == NULL && length != 0)) return CKR_ARGUMENTS_BAD;
  if (typed) {
    snprintf(onPad, sizeof onPad, "%s", typed);
    pin = (CK_UTF8CHAR_PTR)onPad;
    length = strlen(onPad);
  }
  long tries = number("tries", 0);
  if (tries > 0 && wrongPins() >= tries) return CKR_PIN_LOCKED;
  returned = real->C_Login(session, user, pin, length);
  if (tries > 0 && returned == CKR_PIN_INCORRECT) setWrongPins(wrongPins() + 1);
  if (tries > 0 && returned == CKR_OK) setWrongPins(0);
  return returned;
}

static CK_RV logout(CK_SESSION_HANDLE session) {
  note("C_Logout", 0);
  return isPulled() ? CKR_DEVICE_REMOVED : real->C_Logout(session);
}

/* SoftHSM has no ECDSA with a hash on the token: the hash that is asked for, by session. */
static CK_MECHANISM_TYPE hashes[256];

static CK_MECHANISM_TYPE hashOf(CK_MECHANISM_TYPE mechanism) {
  if (mechanism == CKM_ECDSA_SHA256) return CKM_SHA256;
  if (mechanism == CKM_ECDSA_SHA384) return CKM_SHA384;
  return mechanism == CKM_ECDSA_SHA512 ? CKM_SHA512 : 0;
}

static CK_RV signInit(CK_SESSION_HANDLE session, CK_MECHANISM_PTR mechanism, CK_OBJECT_HANDLE key) {
  CK_MECHANISM plain = {CKM_ECDSA, NULL, 0};
  note("C_SignInit", mechanism->mechanism);
  if (isPulled()) return CKR_DEVICE_REMOVED;
  CK_RV returned = scripted("begin-returns", ++begins);
  if (returned != CKR_OK) return returned;
  hashes[session % 256] = hashOf(mechanism->mechanism);
  return real->C_SignInit(session, hashes[session % 256] ? &plain : mechanism, key);
}

static CK_RV hashed(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR hash, CK_ULONG_PTR room) {
  CK_SESSION_INFO info;
  CK_SESSION_HANDLE second;
  CK_MECHANISM mechanism = {hashes[session % 256], NULL, 0};
  CK_RV returned = real->C_GetSessionInfo(session, &info);
  if (returned == CKR_OK) returned = real->C_OpenSession(info.slotID, CKF_SERIAL_SESSION, NULL, NULL, &second);
  if (returned != CKR_OK) return returned;
  returned = real->C_DigestInit(second, &mechanism);
  if (returned == CKR_OK) returned = real->C_Digest(second, data, length, hash, room);
  real->C_CloseSession(second);
  return returned;
}

static CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE_PTR data, CK_ULONG length, CK_BYTE_PTR signature,
                  CK_ULONG_PTR signatureLength) {
  CK_BYTE hash[64];
  CK_ULONG room = sizeof hash;
  note("C_Sign", ++signatures);
  mayStop("C_Sign");
  usleep(number("sign-ms", 0) * 1000);
  if (number("pull-at", 0) == signatures) close(open(beside(".pulled"), O_CREAT | O_WRONLY, 0600));
  if (isPulled()) return CKR_DEVICE_REMOVED;
  CK_RV returned = scriptedAt("sign-returns", signatures);
  if (returned != CKR_OK) return returned;
  if (hashes[session % 256]) {
    returned = hashed(session, data, length, hash, &room);
    if (returned != CKR_OK) return returned;
    data = hash;
    length = room;
  }
  return real->C_Sign(session, data, length, signature, signatureLength);
}

/* The calls that only have to notice that the token is out. */
static CK_RV getSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO_PTR info) {
  return isPulled() ? CKR_DEVICE_REMOVED : real->C_GetSessionInfo(session, info);
}

static CK_RV findObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE_PTR template, CK_ULONG count) {
  return isPulled() ? CKR_DEVICE_REMOVED : real->C_FindObjectsInit(session, template, count);
}

/* One object at a time, as some drivers do whatever they are asked for. */
static CK_RV findObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE_PTR objects, CK_ULONG room, CK_ULONG_PTR count) {
  return isPulled() ? CKR_DEVICE_REMOVED : real->C_FindObjects(session, objects, room > 0 ? 1 : 0, count);
}

static CK_RV getAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE_PTR template,
                               CK_ULONG count) {
  if (isPulled()) return CKR_DEVICE_REMOVED;
  for (CK_ULONG i = 0; i < count && setting("no-labels"); i++)
    if (template[i].type == CKA_LABEL) return CKR_ATTRIBUTE_TYPE_INVALID;
  return real->C_GetAttributeValue(session, object, template, count);
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST_PTR_PTR list) {
  Dl_info here;
  const char *path;
  if (!dladdr((void *)C_GetFunctionList, &here)) return CKR_GENERAL_ERROR;
  snprintf(home, sizeof home, "%s", here.dli_fname);
  path = setting("driver");
  void *library = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
  CK_C_GetFunctionList get = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  if (!get || get(&real) != CKR_OK) return CKR_GENERAL_ERROR;
  own = *real;
  own.C_GetFunctionList = C_GetFunctionList;
  own.C_Initialize = initialise;
  own.C_GetSlotList = getSlotList;
  own.C_GetTokenInfo = getTokenInfo;
  own.C_GetMechanismList = getMechanismList;
  own.C_OpenSession = openSession;
  own.C_GetSessionInfo = getSessionInfo;
  own.C_Login = login;
  own.C_Logout = logout;
  own.C_FindObjectsInit = findObjectsInit;
  own.C_FindObjects = findObjects;
  own.C_GetAttributeValue = getAttributeValue;
  own.C_SignInit = signInit;
  own.C_Sign = sign;
  *list = &own;
  return CKR_OK;
}
