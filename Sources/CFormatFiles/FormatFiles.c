#include "CFormatFiles.h"

// One line a file, in the order of names; a test compares this list with the folder.
#define FORMAT_FILES(FILE) \
  FILE(format_7_days_to_die, "7-days-to-die") \
  FILE(agones, "agones") \
  FILE(android_logcat, "android-logcat") \
  FILE(apache_error, "apache-error") \
  FILE(ark, "ark") \
  FILE(asterisk, "asterisk") \
  FILE(auditd, "auditd") \
  FILE(aws_alb, "aws-alb") \
  FILE(aws_cloudfront, "aws-cloudfront") \
  FILE(aws_cloudtrail, "aws-cloudtrail") \
  FILE(aws_elb, "aws-elb") \
  FILE(aws_nlb, "aws-nlb") \
  FILE(aws_s3_access, "aws-s3-access") \
  FILE(aws_vpc_flow, "aws-vpc-flow") \
  FILE(bepinex, "bepinex") \
  FILE(bgl, "bgl") \
  FILE(cef, "cef") \
  FILE(cri, "cri") \
  FILE(csv, "csv") \
  FILE(dayz, "dayz") \
  FILE(dayz_gamelabs, "dayz-gamelabs") \
  FILE(docker_compose, "docker-compose") \
  FILE(docker_json, "docker-json") \
  FILE(erlang, "erlang") \
  FILE(eve_online, "eve-online") \
  FILE(factorio, "factorio") \
  FILE(fivem, "fivem") \
  FILE(gamelift, "gamelift") \
  FILE(generic, "generic") \
  FILE(geyser, "geyser") \
  FILE(gmod_helix, "gmod-helix") \
  FILE(gmod_serverguard, "gmod-serverguard") \
  FILE(haproxy, "haproxy") \
  FILE(healthapp, "healthapp") \
  FILE(hell_let_loose, "hell-let-loose") \
  FILE(hpc, "hpc") \
  FILE(http_access, "http-access") \
  FILE(jedi_academy, "jedi-academy") \
  FILE(json, "json") \
  FILE(json_clef, "json-clef") \
  FILE(json_syslog, "json-syslog") \
  FILE(jvm_gc, "jvm-gc") \
  FILE(klog, "klog") \
  FILE(league_of_legends, "league-of-legends") \
  FILE(leef, "leef") \
  FILE(log4j, "log4j") \
  FILE(logfmt, "logfmt") \
  FILE(minecraft_bedrock, "minecraft-bedrock") \
  FILE(minecraft_crash_report, "minecraft-crash-report") \
  FILE(minecraft_herochat, "minecraft-herochat") \
  FILE(minecraft_java, "minecraft-java") \
  FILE(minecraft_java_legacy, "minecraft-java-legacy") \
  FILE(minecraft_launcher, "minecraft-launcher") \
  FILE(minecraft_proxy, "minecraft-proxy") \
  FILE(minetest, "minetest") \
  FILE(mongodb, "mongodb") \
  FILE(mongodb_json, "mongodb-json") \
  FILE(mtga, "mtga") \
  FILE(mumble, "mumble") \
  FILE(mysql_error, "mysql-error") \
  FILE(mysql_general, "mysql-general") \
  FILE(mysql_slow, "mysql-slow") \
  FILE(nakama, "nakama") \
  FILE(nginx_error, "nginx-error") \
  FILE(open_match, "open-match") \
  FILE(openstack, "openstack") \
  FILE(openttd, "openttd") \
  FILE(oxide, "oxide") \
  FILE(palworld, "palworld") \
  FILE(path_of_exile, "path-of-exile") \
  FILE(photon, "photon") \
  FILE(playfab, "playfab") \
  FILE(pocketmine, "pocketmine") \
  FILE(postgresql, "postgresql") \
  FILE(postgresql_csv, "postgresql-csv") \
  FILE(project_zomboid, "project-zomboid") \
  FILE(proxifier, "proxifier") \
  FILE(pterodactyl_wings, "pterodactyl-wings") \
  FILE(quake3, "quake3") \
  FILE(redis, "redis") \
  FILE(rust_game, "rust-game") \
  FILE(samp, "samp") \
  FILE(source_engine, "source-engine") \
  FILE(squid, "squid") \
  FILE(syslog_rfc3164, "syslog-rfc3164") \
  FILE(syslog_rfc3164_cluster, "syslog-rfc3164-cluster") \
  FILE(syslog_rfc5424, "syslog-rfc5424") \
  FILE(teamspeak, "teamspeak") \
  FILE(teeworlds, "teeworlds") \
  FILE(tmodloader, "tmodloader") \
  FILE(tshock, "tshock") \
  FILE(unity, "unity") \
  FILE(unreal, "unreal") \
  FILE(valheim, "valheim") \
  FILE(vdsm, "vdsm") \
  FILE(w3c, "w3c") \
  FILE(windows_cbs, "windows-cbs") \
  FILE(wow_combat_log, "wow-combat-log") \
  FILE(zeek, "zeek")

// A macro cannot hold #embed, so each file has its own array.
static const unsigned char format_7_days_to_die[] = {
#embed "../../formats/7-days-to-die.yaml"
};
static const unsigned char agones[] = {
#embed "../../formats/agones.yaml"
};
static const unsigned char android_logcat[] = {
#embed "../../formats/android-logcat.yaml"
};
static const unsigned char apache_error[] = {
#embed "../../formats/apache-error.yaml"
};
static const unsigned char ark[] = {
#embed "../../formats/ark.yaml"
};
static const unsigned char asterisk[] = {
#embed "../../formats/asterisk.yaml"
};
static const unsigned char auditd[] = {
#embed "../../formats/auditd.yaml"
};
static const unsigned char aws_alb[] = {
#embed "../../formats/aws-alb.yaml"
};
static const unsigned char aws_cloudfront[] = {
#embed "../../formats/aws-cloudfront.yaml"
};
static const unsigned char aws_cloudtrail[] = {
#embed "../../formats/aws-cloudtrail.yaml"
};
static const unsigned char aws_elb[] = {
#embed "../../formats/aws-elb.yaml"
};
static const unsigned char aws_nlb[] = {
#embed "../../formats/aws-nlb.yaml"
};
static const unsigned char aws_s3_access[] = {
#embed "../../formats/aws-s3-access.yaml"
};
static const unsigned char aws_vpc_flow[] = {
#embed "../../formats/aws-vpc-flow.yaml"
};
static const unsigned char bepinex[] = {
#embed "../../formats/bepinex.yaml"
};
static const unsigned char bgl[] = {
#embed "../../formats/bgl.yaml"
};
static const unsigned char cef[] = {
#embed "../../formats/cef.yaml"
};
static const unsigned char cri[] = {
#embed "../../formats/cri.yaml"
};
static const unsigned char csv[] = {
#embed "../../formats/csv.yaml"
};
static const unsigned char dayz[] = {
#embed "../../formats/dayz.yaml"
};
static const unsigned char dayz_gamelabs[] = {
#embed "../../formats/dayz-gamelabs.yaml"
};
static const unsigned char docker_compose[] = {
#embed "../../formats/docker-compose.yaml"
};
static const unsigned char docker_json[] = {
#embed "../../formats/docker-json.yaml"
};
static const unsigned char erlang[] = {
#embed "../../formats/erlang.yaml"
};
static const unsigned char eve_online[] = {
#embed "../../formats/eve-online.yaml"
};
static const unsigned char factorio[] = {
#embed "../../formats/factorio.yaml"
};
static const unsigned char fivem[] = {
#embed "../../formats/fivem.yaml"
};
static const unsigned char gamelift[] = {
#embed "../../formats/gamelift.yaml"
};
static const unsigned char generic[] = {
#embed "../../formats/generic.yaml"
};
static const unsigned char geyser[] = {
#embed "../../formats/geyser.yaml"
};
static const unsigned char gmod_helix[] = {
#embed "../../formats/gmod-helix.yaml"
};
static const unsigned char gmod_serverguard[] = {
#embed "../../formats/gmod-serverguard.yaml"
};
static const unsigned char haproxy[] = {
#embed "../../formats/haproxy.yaml"
};
static const unsigned char healthapp[] = {
#embed "../../formats/healthapp.yaml"
};
static const unsigned char hell_let_loose[] = {
#embed "../../formats/hell-let-loose.yaml"
};
static const unsigned char hpc[] = {
#embed "../../formats/hpc.yaml"
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
static const unsigned char json_clef[] = {
#embed "../../formats/json-clef.yaml"
};
static const unsigned char json_syslog[] = {
#embed "../../formats/json-syslog.yaml"
};
static const unsigned char jvm_gc[] = {
#embed "../../formats/jvm-gc.yaml"
};
static const unsigned char klog[] = {
#embed "../../formats/klog.yaml"
};
static const unsigned char league_of_legends[] = {
#embed "../../formats/league-of-legends.yaml"
};
static const unsigned char leef[] = {
#embed "../../formats/leef.yaml"
};
static const unsigned char log4j[] = {
#embed "../../formats/log4j.yaml"
};
static const unsigned char logfmt[] = {
#embed "../../formats/logfmt.yaml"
};
static const unsigned char minecraft_bedrock[] = {
#embed "../../formats/minecraft-bedrock.yaml"
};
static const unsigned char minecraft_crash_report[] = {
#embed "../../formats/minecraft-crash-report.yaml"
};
static const unsigned char minecraft_herochat[] = {
#embed "../../formats/minecraft-herochat.yaml"
};
static const unsigned char minecraft_java[] = {
#embed "../../formats/minecraft-java.yaml"
};
static const unsigned char minecraft_java_legacy[] = {
#embed "../../formats/minecraft-java-legacy.yaml"
};
static const unsigned char minecraft_launcher[] = {
#embed "../../formats/minecraft-launcher.yaml"
};
static const unsigned char minecraft_proxy[] = {
#embed "../../formats/minecraft-proxy.yaml"
};
static const unsigned char minetest[] = {
#embed "../../formats/minetest.yaml"
};
static const unsigned char mongodb[] = {
#embed "../../formats/mongodb.yaml"
};
static const unsigned char mongodb_json[] = {
#embed "../../formats/mongodb-json.yaml"
};
static const unsigned char mtga[] = {
#embed "../../formats/mtga.yaml"
};
static const unsigned char mumble[] = {
#embed "../../formats/mumble.yaml"
};
static const unsigned char mysql_error[] = {
#embed "../../formats/mysql-error.yaml"
};
static const unsigned char mysql_general[] = {
#embed "../../formats/mysql-general.yaml"
};
static const unsigned char mysql_slow[] = {
#embed "../../formats/mysql-slow.yaml"
};
static const unsigned char nakama[] = {
#embed "../../formats/nakama.yaml"
};
static const unsigned char nginx_error[] = {
#embed "../../formats/nginx-error.yaml"
};
static const unsigned char open_match[] = {
#embed "../../formats/open-match.yaml"
};
static const unsigned char openstack[] = {
#embed "../../formats/openstack.yaml"
};
static const unsigned char openttd[] = {
#embed "../../formats/openttd.yaml"
};
static const unsigned char oxide[] = {
#embed "../../formats/oxide.yaml"
};
static const unsigned char palworld[] = {
#embed "../../formats/palworld.yaml"
};
static const unsigned char path_of_exile[] = {
#embed "../../formats/path-of-exile.yaml"
};
static const unsigned char photon[] = {
#embed "../../formats/photon.yaml"
};
static const unsigned char playfab[] = {
#embed "../../formats/playfab.yaml"
};
static const unsigned char pocketmine[] = {
#embed "../../formats/pocketmine.yaml"
};
static const unsigned char postgresql[] = {
#embed "../../formats/postgresql.yaml"
};
static const unsigned char postgresql_csv[] = {
#embed "../../formats/postgresql-csv.yaml"
};
static const unsigned char project_zomboid[] = {
#embed "../../formats/project-zomboid.yaml"
};
static const unsigned char proxifier[] = {
#embed "../../formats/proxifier.yaml"
};
static const unsigned char pterodactyl_wings[] = {
#embed "../../formats/pterodactyl-wings.yaml"
};
static const unsigned char quake3[] = {
#embed "../../formats/quake3.yaml"
};
static const unsigned char redis[] = {
#embed "../../formats/redis.yaml"
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
static const unsigned char squid[] = {
#embed "../../formats/squid.yaml"
};
static const unsigned char syslog_rfc3164[] = {
#embed "../../formats/syslog-rfc3164.yaml"
};
static const unsigned char syslog_rfc3164_cluster[] = {
#embed "../../formats/syslog-rfc3164-cluster.yaml"
};
static const unsigned char syslog_rfc5424[] = {
#embed "../../formats/syslog-rfc5424.yaml"
};
static const unsigned char teamspeak[] = {
#embed "../../formats/teamspeak.yaml"
};
static const unsigned char teeworlds[] = {
#embed "../../formats/teeworlds.yaml"
};
static const unsigned char tmodloader[] = {
#embed "../../formats/tmodloader.yaml"
};
static const unsigned char tshock[] = {
#embed "../../formats/tshock.yaml"
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
static const unsigned char vdsm[] = {
#embed "../../formats/vdsm.yaml"
};
static const unsigned char w3c[] = {
#embed "../../formats/w3c.yaml"
};
static const unsigned char windows_cbs[] = {
#embed "../../formats/windows-cbs.yaml"
};
static const unsigned char wow_combat_log[] = {
#embed "../../formats/wow-combat-log.yaml"
};
static const unsigned char zeek[] = {
#embed "../../formats/zeek.yaml"
};

#define ENTRY(array, name) {name, array, sizeof array},
static const struct sluice_format_file files[] = {FORMAT_FILES(ENTRY)};

size_t sluice_format_file_count(void) { return sizeof files / sizeof files[0]; }

struct sluice_format_file sluice_format_file_at(size_t index) { return files[index]; }
