package dev.jarvis.benchmarks.contender;

import dev.jarvis.benchmarks.load.Aim;
import dev.jarvis.benchmarks.measure.ProcessTree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** nginx as a plain reverse proxy with one worker: it does none of a gateway's work, so it is the practical limit. */
public final class Nginx implements Target {

    private final String version;
    private final int plainPort = Child.freePort();
    private final int tlsPort = Child.freePort();
    private final Child child;

    /** Starts it. */
    public Nginx(Site site) throws IOException, InterruptedException {
        version = Version.of("nginx", "-v");
        Path directory = Files.createDirectory(site.directory().resolve("nginx"));
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), configuration(site, directory));
        child = Child.start(
                site,
                "nginx",
                List.of("nginx", "-p", directory.toString(), "-e", "error.log", "-c", configuration.toString()),
                Map.of(),
                directory);
        child.awaitPort(tlsPort, Duration.ofSeconds(10));
    }

    private String configuration(Site site, Path directory) {
        String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        return """
                %s
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                pid %s/nginx.pid;
                error_log %s/error.log warn;
                events {
                  worker_connections 16384;
                  multi_accept on;
                }
                http {
                  access_log off;
                  client_body_temp_path %s/body;
                  proxy_temp_path %s/proxy;
                  fastcgi_temp_path %s/fastcgi;
                  uwsgi_temp_path %s/uwsgi;
                  scgi_temp_path %s/scgi;
                  keepalive_requests 1000000000;
                  keepalive_timeout 600s;
                  client_max_body_size 64m;
                  client_body_buffer_size 1m;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_buffering off;
                  proxy_read_timeout 300s;
                  proxy_ssl_verify on;
                  proxy_ssl_trusted_certificate %s;
                  proxy_ssl_name localhost;
                  proxy_ssl_protocols TLSv1.3;
                  upstream plain {
                    server 127.0.0.1:%d;
                    keepalive 4096;
                    keepalive_requests 1000000000;
                    keepalive_timeout 600s;
                  }
                  upstream secured {
                    server 127.0.0.1:%d;
                    keepalive 4096;
                    keepalive_requests 1000000000;
                    keepalive_timeout 600s;
                  }
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / { proxy_pass http://plain; }
                  }
                  server {
                    listen 127.0.0.1:%d backlog=4096;
                    location / { proxy_pass https://secured; }
                  }
                }
                """.formatted(
                        user,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        directory,
                        site.certificate().pem(),
                        site.plainPort(),
                        site.tlsPort(),
                        plainPort,
                        tlsPort);
    }

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public String version() {
        return "nginx " + version + ", one worker, plain reverse proxy";
    }

    @Override
    public Aim aim(boolean tlsUpstream) {
        return new Aim(tlsUpstream ? tlsPort : plainPort, null, "bench", Map.of());
    }

    @Override
    public ProcessTree processes() {
        return ProcessTree.of(child.pid());
    }

    @Override
    public void close() {
        child.close();
    }
}
