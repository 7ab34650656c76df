#include "CFormatFiles.h"

// One line a file, in the order of names; a test compares this list with the folder.
#define FORMAT_FILES(FILE) \
  FILE(docker_json, "docker-json") \
  FILE(generic, "generic") \
  FILE(http_access, "http-access") \
  FILE(json, "json") \
  FILE(minecraft_herochat, "minecraft-herochat") \
  FILE(minecraft_java, "minecraft-java") \
  FILE(nginx_error, "nginx-error") \
  FILE(source_engine, "source-engine") \
  FILE(syslog_rfc3164, "syslog-rfc3164") \
  FILE(syslog_rfc5424, "syslog-rfc5424")

// A macro cannot hold #embed, so each file has its own array.
static const unsigned char docker_json[] = {
#embed "../../formats/docker-json.yaml"
};
static const unsigned char generic[] = {
#embed "../../formats/generic.yaml"
};
static const unsigned char http_access[] = {
#embed "../../formats/http-access.yaml"
};
static const unsigned char json[] = {
#embed "../../formats/json.yaml"
};
static const unsigned char minecraft_herochat[] = {
#embed "../../formats/minecraft-herochat.yaml"
};
static const unsigned char minecraft_java[] = {
#embed "../../formats/minecraft-java.yaml"
};
static const unsigned char nginx_error[] = {
#embed "../../formats/nginx-error.yaml"
};
static const unsigned char source_engine[] = {
#embed "../../formats/source-engine.yaml"
};
static const unsigned char syslog_rfc3164[] = {
#embed "../../formats/syslog-rfc3164.yaml"
};
static const unsigned char syslog_rfc5424[] = {
#embed "../../formats/syslog-rfc5424.yaml"
};

#define ENTRY(array, name) {name, array, sizeof array},
static const struct sluice_format_file files[] = {FORMAT_FILES(ENTRY)};

size_t sluice_format_file_count(void) { return sizeof files / sizeof files[0]; }

struct sluice_format_file sluice_format_file_at(size_t index) { return files[index]; }
