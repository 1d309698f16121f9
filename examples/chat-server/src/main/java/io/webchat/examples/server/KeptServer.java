package io.webchat.examples.server;

import io.webchat.examples.server.backends.AttachmentBackend;
import io.webchat.examples.server.backends.Backends;
import io.webchat.examples.server.backends.DynamoBackend;
import io.webchat.examples.server.backends.Health;
import io.webchat.examples.server.backends.Opened;
import io.webchat.examples.server.http.Tokens;
import io.webchat.examples.server.local.DataFolder;
import io.webchat.examples.server.local.DynamoLocal;
import io.webchat.examples.server.options.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One node that keeps everything in a folder of this machine, in a DynamoDB Local of its own. */
final class KeptServer implements Running {
    private final Path path;
    private final RunningServer node;
    private final Opened opened;

    private KeptServer(Path path, RunningServer node, Opened opened) {
        this.path = path;
        this.node = node;
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
            DynamoLocal database = opened.add(DynamoLocal.over(folder.database()));
            Backends backends = new Backends(
                    null,
                    DynamoBackend.open(database.address(), options.storage().table()),
                    AttachmentBackend.open(
                            options.attachments().place().orIn(folder.attachments()),
                            options.attachments().limits(),
                            false),
                    List.of(Health.Dependency.of("the data folder", () -> probe(folder))));
            RunningServer node = RunningServer.start(options, options.listen().port(), tokens, backends);
            return new KeptServer(path, node, opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static CompletionStage<Void> probe(DataFolder folder) {
        return CompletableFuture.runAsync(() -> {
            try {
                folder.probe();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
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
        node.close(grace);
        opened.close();
    }
}
