package io.webchat.examples.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The contestant on Node.js (18 or later, from the PATH): its packages are installed when it is first started. */
final class NodeJs {
    private static final Path WORK = Path.of("target", "node");
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", ".npmrc", "server.js", "mailbox.js", "append.lua");
    private static final int INSTALL_SECONDS = 180;

    private NodeJs() {}

    /** Whether there is a Node.js to run it. */
    static boolean isThere() throws InterruptedException {
        try {
            Process version = new ProcessBuilder("node", "--version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor(20, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static ServerProcess start(String redis) throws IOException, InterruptedException {
        Path sources = sources();
        Path work = sources.resolveSibling(Path.of("..", "..").resolve(WORK)).normalize();
        Files.createDirectories(work);
        for (String each : FILES) {
            Files.copy(sources.resolve(each), work.resolve(each), StandardCopyOption.REPLACE_EXISTING);
        }
        install(work);
        // A larger young generation, as for any Node.js server under load: with the default it collects twice as often.
        return ServerProcess.command(work, "node", "--expose-gc", "--max-semi-space-size=64", "server.js", redis);
    }

    /** Maven runs the benchmarks in their module or in the root of the project. */
    private static Path sources() throws IOException {
        Path here = Path.of("src", "main", "node");
        Path module = Path.of("examples", "benchmarks").resolve(here);
        if (Files.isDirectory(here)) {
            return here.toAbsolutePath();
        }
        if (Files.isDirectory(module)) {
            return module.toAbsolutePath();
        }
        throw new IOException("run this in examples/benchmarks, where " + here + " is");
    }

    private static void install(Path work) throws IOException, InterruptedException {
        Path marker = work.resolve("node_modules").resolve(".installed-lock");
        String lock = Files.readString(work.resolve("package-lock.json"));
        if (Files.exists(marker) && Files.readString(marker).equals(lock)) {
            return;
        }
        Process npm = new ProcessBuilder("npm", "ci", "--prefer-offline", "--no-progress")
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("npm.log").toFile())
                .start();
        try {
            if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                throw new IOException("npm ci failed: " + Files.readString(work.resolve("npm.log")));
            }
        } finally {
            npm.destroyForcibly();
        }
        Files.writeString(marker, lock);
    }
}
