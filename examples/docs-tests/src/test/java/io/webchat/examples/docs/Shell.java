package io.webchat.examples.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs a block of commands as somebody would who signs in as alice, and stops at the first one that fails. */
final class Shell {
    record Result(int status, String output) {}

    private static final long SECONDS = 60;
    /** A request that is refused is a failure too. docs/rest.md defines the function api in its first block. */
    private static final String SETTING = """
        set -eu
        TOKEN=alice
        curl() { command curl --fail-with-body --silent --show-error --max-time 20 "$@"; }
        api() { curl -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' "$@"; }
        """;

    private Shell() {}

    static Result run(String commands, Path folder) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder("bash", "-c", SETTING + commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(bash.waitFor(SECONDS, TimeUnit.SECONDS) ? bash.exitValue() : -1, output);
        } finally {
            bash.destroyForcibly();
        }
    }
}
