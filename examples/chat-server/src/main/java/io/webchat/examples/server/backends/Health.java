package io.webchat.examples.server.backends;

import io.webchat.core.ChatException;
import io.webchat.core.spi.support.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the backends of a node whether they take writes, for {@code /health/ready}. Logs when that changes, with the
 * reason, not each time.
 */
public final class Health {
    private static final Logger log = LoggerFactory.getLogger(Health.class);
    private static final long SECONDS = 3;

    private final List<Dependency> dependencies;

    /** Something that must answer; a stage that fails says no. */
    public record Dependency(String name, Supplier<CompletionStage<Void>> check, Changes changes) {
        /** A dependency that was not asked yet. */
        public static Dependency of(String name, Supplier<CompletionStage<Void>> check) {
            return new Dependency(name, check, new Changes());
        }

        /** A dependency whose check waits for a disk; it runs on a thread of its own. */
        public static Dependency ofBlocking(String name, BlockingCheck check) {
            return of(name, () -> CompletableFuture.runAsync(() -> run(check)));
        }

        private static void run(BlockingCheck check) {
            try {
                check.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Looks at something that may wait. */
    public interface BlockingCheck {
        /**
         * Returns when all is well.
         *
         * @throws IOException with a sentence that names the fault
         */
        void run() throws IOException;
    }

    /** The last answer, so that only another one is worth a line. */
    public static final class Changes {
        private boolean ready = true;

        synchronized boolean isNew(boolean now) {
            boolean changed = ready != now;
            ready = now;
            return changed;
        }
    }

    Health(List<Dependency> dependencies) {
        this.dependencies = List.copyOf(dependencies);
    }

    /** Whether all of them answer in time. Never fails. */
    CompletionStage<Boolean> ready() {
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
        for (Dependency each : dependencies) {
            all = all.thenCombine(ask(each), Boolean::logicalAnd);
        }
        return all;
    }

    private static CompletionStage<Boolean> ask(Dependency dependency) {
        return CompletableFuture.completedStage(dependency)
                .thenCompose(asked -> asked.check().get())
                .toCompletableFuture()
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .handle((answered, failure) -> {
                    if (dependency.changes().isNew(failure == null)) {
                        tell(dependency.name(), failure);
                    }
                    return failure == null;
                });
    }

    private static void tell(String name, @Nullable Throwable failure) {
        if (failure == null) {
            log.info("Ready again: {} answers", name);
            return;
        }
        Throwable cause = Failures.unwrap(failure);
        log.warn("Not ready: {}: {}", name, reason(cause));
    }

    private static String reason(Throwable cause) {
        if (cause instanceof ChatException known) {
            return known.detail();
        }
        if (cause instanceof TimeoutException) {
            return "no write was done in " + SECONDS + " s";
        }
        return cause instanceof UncheckedIOException && cause.getCause() instanceof IOException failure
                ? sentence(failure)
                : cause.toString();
    }

    /** The messages of the subclasses name a file only, such as the one that is missing. */
    private static String sentence(IOException cause) {
        boolean plain = cause.getClass() == IOException.class || cause.getClass() == FileSystemException.class;
        return plain ? String.valueOf(cause.getMessage()) : cause.toString();
    }
}
