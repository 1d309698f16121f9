package io.webchat.examples.server;

import io.webchat.examples.server.backends.AttachmentBackend;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.DynamoBackend;
import io.webchat.examples.server.backends.Health;
import io.webchat.examples.server.backends.Opened;
import io.webchat.examples.server.http.Tokens;
import io.webchat.examples.server.local.DataFolder;
import io.webchat.examples.server.local.DiskSpace;
import io.webchat.examples.server.local.DynamoLocal;
import io.webchat.examples.server.options.ServerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One node that keeps everything in a folder of this machine, in a DynamoDB Local of its own. */
final class KeptServer implements Running {
    private static final long WATCH_SECONDS = 60;

    private final Path path;
    private final RunningServer node;
    private final ExecutorService watch;
    private final Opened opened;

    private KeptServer(Path path, RunningServer node, ExecutorService watch, Opened opened) {
        this.path = path;
        this.node = node;
        this.watch = watch;
        this.opened = opened;
    }

    /**
     * Starts on the folder that the options name.
     *
     * @throws IllegalArgumentException when an option is out of range
     * @throws java.io.UncheckedIOException when the folder, DynamoDB Local or a port cannot be used, with one sentence
     *     that says why
     */
    static KeptServer start(ServerOptions options) {
        Path path = Path.of(options.storage().data());
        Opened opened = new Opened();
        try {
            DataFolder folder = opened.add(DataFolder.open(path));
            byte[] given = options.access().secret();
            Tokens tokens = Tokens.of(given.length == 0 ? folder.tokenKey(Tokens.randomKey()) : given);
            DiskSpace disk = DiskSpace.of(path, options.storage().minFreeDisk());
            DynamoLocal database = opened.add(DynamoLocal.over(folder.database()));
            Backends backends = new Backends(
                    null,
                    DynamoBackend.open(database.address(), options.storage().table()),
                    AttachmentBackend.open(
                            options.attachments().place().orIn(folder.attachments()),
                            options.attachments().limits(),
                            false),
                    List.of(
                            Health.Dependency.ofBlocking("the data folder", folder::probe),
                            Health.Dependency.ofBlocking("the disk of the data folder", disk::check)));
            RunningServer node =
                    RunningServer.start(options, options.listen().port(), tokens, backends, folder::pushKey);
            return new KeptServer(path, node, watch(backends), opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** Looks at the backends once a minute, so that the log tells of a full disk even if nobody asks for readiness. */
    private static ExecutorService watch(Backends backends) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread made = new Thread(work, "chat-server-disk");
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(backends::ready, 0, WATCH_SECONDS, TimeUnit.SECONDS);
        return thread;
    }

    @Override
    public List<String> greeting() {
        return List.of(
                node.location() + " - open it in a browser window, and as somebody else in a private window",
                "Everything is kept in " + path.toAbsolutePath() + ", and there again after a restart.",
                "Ctrl-C stops the server.");
    }

    @Override
    public void close(Duration grace) {
        watch.shutdownNow();
        node.close(grace);
        opened.close();
    }
}
