# shellcheck shell=bash
# The servers: nginx, dnsmasq, sshd, aiosmtpd, opentracker. Each runs in its host's namespace in the foreground.

start_web() {
    local host=$1 home=$OUT/run/$1 port
    shift
    mkdir -p "$home/www"
    head -c 700 /dev/zero | tr '\0' 'a' >"$home/www/index.html"
    head -c 6000 /dev/zero | tr '\0' 'b' >"$home/www/news.html"
    head -c 16000 /dev/zero | tr '\0' 'c' >"$home/www/image.png"
    {
        echo "daemon off; worker_processes 1; user root; pid $home/nginx.pid; error_log stderr;"
        echo "events { worker_connections 256; }"
        echo "http { access_log off; keepalive_timeout 8; client_body_temp_path $home/b; proxy_temp_path $home/p;"
        echo "fastcgi_temp_path $home/f; uwsgi_temp_path $home/u; scgi_temp_path $home/s; server {"
        for port in "$@"; do echo "listen $port; listen [::]:$port;"; done
        echo "root $home/www; } }"
    } >"$home/nginx.conf"
    background quiet inside "$host" nginx -e stderr -c "$home/nginx.conf"
}

# The names in the answers carry the addresses of the finished sample.
start_dns() {
    background quiet inside "$1" dnsmasq -k -u root -C /dev/null --pid-file= --no-resolv --no-hosts --log-facility=- \
        --host-record=www.lab.example,44.128.17.10,2630:1::10 --host-record=shop.lab.example,44.128.17.11 \
        --host-record=news.far.example,44.128.70.10,2631:70::10 --host-record=video.far.example,44.128.72.10 \
        --txt-record=lab.example,"v=spf1 mx -all" --mx-host=lab.example,www.lab.example,10
}

start_ssh() {
    local host=$1 home=$OUT/run/$1
    mkdir -p "$home" /run/sshd
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$home/hostkey"
    cat >"$home/sshd_config" <<END
ListenAddress 0.0.0.0
HostKey $home/hostkey
PidFile none
UsePAM no
StrictModes no
PermitRootLogin prohibit-password
AuthorizedKeysFile $OUT/run/client.pub
MaxStartups 30
UseDNS no
END
    background quiet inside "$host" /usr/sbin/sshd -D -e -f "$home/sshd_config"
}

start_mail() {
    background quiet inside "$1" aiosmtpd -n -c aiosmtpd.handlers.Sink -l 0.0.0.0:25
}

start_tracker() {
    chmod 755 "$OUT/run/trk" # the tracker runs as nobody
    background quiet inside "$1" opentracker -i "$(ip4 "$1")" -p 6969 -P 6969 -d "$OUT/run/trk" -w allowed
}

start_servers() {
    ssh-keygen -q -t ed25519 -N '' -C lab -f "$OUT/run/client"
    start_web web1 80
    start_web web2 80 8080
    start_web app1 9000
    local host
    for host in rweb1 rweb2 rweb3 vic1 vic2; do start_web "$host" 80; done
    for host in dns1 dns2 rdns1 vic3; do start_dns "$host"; done
    start_ssh ssh1
    start_ssh rssh1
    start_mail mail1
    start_mail rmail1
    start_tracker trk1
}
