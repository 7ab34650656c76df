#include "CFormatFiles.h"

// One line a file, in the order of names; a test compares this list with the folder.
#define FORMAT_FILES(FILE) \
  FILE(format_7_days_to_die, "7-days-to-die") \
  FILE(apache_error, "apache-error") \
  FILE(ark, "ark") \
  FILE(auditd, "auditd") \
  FILE(bepinex, "bepinex") \
  FILE(cef, "cef") \
  FILE(cri, "cri") \
  FILE(docker_compose, "docker-compose") \
  FILE(docker_json, "docker-json") \
  FILE(factorio, "factorio") \
  FILE(fivem, "fivem") \
  FILE(generic, "generic") \
  FILE(geyser, "geyser") \
  FILE(haproxy, "haproxy") \
  FILE(hell_let_loose, "hell-let-loose") \
  FILE(http_access, "http-access") \
  FILE(jedi_academy, "jedi-academy") \
  FILE(json, "json") \
  FILE(klog, "klog") \
  FILE(log4j, "log4j") \
  FILE(minecraft_bedrock, "minecraft-bedrock") \
  FILE(minecraft_herochat, "minecraft-herochat") \
  FILE(minecraft_java, "minecraft-java") \
  FILE(nginx_error, "nginx-error") \
  FILE(oxide, "oxide") \
  FILE(path_of_exile, "path-of-exile") \
  FILE(pocketmine, "pocketmine") \
  FILE(postgresql, "postgresql") \
  FILE(quake3, "quake3") \
  FILE(rust_game, "rust-game") \
  FILE(samp, "samp") \
  FILE(source_engine, "source-engine") \
  FILE(syslog_rfc3164, "syslog-rfc3164") \
  FILE(syslog_rfc5424, "syslog-rfc5424") \
  FILE(teeworlds, "teeworlds") \
  FILE(unity, "unity") \
  FILE(unreal, "unreal") \
  FILE(valheim, "valheim")

// A macro cannot hold #embed, so each file has its own array.
static const unsigned char format_7_days_to_die[] = {
#embed "../../formats/7-days-to-die.yaml"
};
static const unsigned char apache_error[] = {
#embed "../../formats/apache-error.yaml"
};
static const unsigned char ark[] = {
#embed "../../formats/ark.yaml"
};
static const unsigned char auditd[] = {
#embed "../../formats/auditd.yaml"
};
static const unsigned char bepinex[] = {
#embed "../../formats/bepinex.yaml"
};
static const unsigned char cef[] = {
#embed "../../formats/cef.yaml"
};
static const unsigned char cri[] = {
#embed "../../formats/cri.yaml"
};
static const unsigned char docker_compose[] = {
#embed "../../formats/docker-compose.yaml"
};
static const unsigned char docker_json[] = {
#embed "../../formats/docker-json.yaml"
};
static const unsigned char factorio[] = {
#embed "../../formats/factorio.yaml"
};
static const unsigned char fivem[] = {
#embed "../../formats/fivem.yaml"
};
static const unsigned char generic[] = {
#embed "../../formats/generic.yaml"
};
static const unsigned char geyser[] = {
#embed "../../formats/geyser.yaml"
};
static const unsigned char haproxy[] = {
#embed "../../formats/haproxy.yaml"
};
static const unsigned char hell_let_loose[] = {
#embed "../../formats/hell-let-loose.yaml"
};
static const unsigned char http_access[] = {
#embed "../../formats/http-access.yaml"
};
static const unsigned char jedi_academy[] = {
#embed "../../formats/jedi-academy.yaml"
};
static const unsigned char json[] = {
#embed "../../formats/json.yaml"
};
static const unsigned char klog[] = {
#embed "../../formats/klog.yaml"
};
static const unsigned char log4j[] = {
#embed "../../formats/log4j.yaml"
};
static const unsigned char minecraft_bedrock[] = {
#embed "../../formats/minecraft-bedrock.yaml"
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
static const unsigned char oxide[] = {
#embed "../../formats/oxide.yaml"
};
static const unsigned char path_of_exile[] = {
#embed "../../formats/path-of-exile.yaml"
};
static const unsigned char pocketmine[] = {
#embed "../../formats/pocketmine.yaml"
};
static const unsigned char postgresql[] = {
#embed "../../formats/postgresql.yaml"
};
static const unsigned char quake3[] = {
#embed "../../formats/quake3.yaml"
};
static const unsigned char rust_game[] = {
#embed "../../formats/rust-game.yaml"
};
static const unsigned char samp[] = {
#embed "../../formats/samp.yaml"
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
static const unsigned char teeworlds[] = {
#embed "../../formats/teeworlds.yaml"
};
static const unsigned char unity[] = {
#embed "../../formats/unity.yaml"
};
static const unsigned char unreal[] = {
#embed "../../formats/unreal.yaml"
};
static const unsigned char valheim[] = {
#embed "../../formats/valheim.yaml"
};

#define ENTRY(array, name) {name, array, sizeof array},
static const struct sluice_format_file files[] = {FORMAT_FILES(ENTRY)};

size_t sluice_format_file_count(void) { return sizeof files / sizeof files[0]; }

struct sluice_format_file sluice_format_file_at(size_t index) { return files[index]; }
