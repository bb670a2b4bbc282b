#!/bin/sh
# Installs Debian packages that the tests need, where this user may; says what to do where not, and does not fail.
set -u
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null && exit 0
fi
echo "carekg: could not install $*; install it yourself, or the tests that need it are skipped" >&2
exit 0
