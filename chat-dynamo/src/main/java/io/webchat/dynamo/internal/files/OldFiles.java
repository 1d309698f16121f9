package io.webchat.dynamo.internal.files;

import io.webchat.core.spi.support.LogThrottle;
import io.webchat.dynamo.internal.table.ConcurrencyLimiter;
import io.webchat.dynamo.internal.table.Futures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Deletes what nobody has kept for too long: pending files, and uploads that a node left behind. */
final class OldFiles {
    private static final Logger log = LoggerFactory.getLogger(OldFiles.class);
    /** The time between two looks of this node at the files of all users. */
    private static final Duration PERIOD = Duration.ofMinutes(10);

    private static final int PARALLEL = 16;

    private final S3Requests requests;
    private final FileKeys keys;
    private final FileMoves moves;
    private final Duration age;
    private final Clock clock;
    private final LogThrottle warnings = new LogThrottle(PERIOD);
    /** Guarded by this. */
    private Instant nextLook = Instant.MIN;
    /** The key after which the next look begins. */
    private volatile String position = "";

    OldFiles(S3Requests requests, FileKeys keys, FileMoves moves, Duration age, Clock clock) {
        this.requests = requests;
        this.keys = keys;
        this.moves = moves;
        this.age = age;
        this.clock = clock;
    }

    private Instant oldest() {
        return clock.instant().minus(age);
    }

    /** Deletes the old pending ones of these files; returns the others. */
    CompletableFuture<List<BucketList.Entry>> deleteOld(List<BucketList.Entry> files) {
        Instant oldest = oldest();
        ConcurrencyLimiter parallel = new ConcurrencyLimiter(PARALLEL);
        return Futures.list(files.stream()
                        .map(each -> isOld(each, oldest)
                                ? parallel.run(() -> moves.deleteUnlessKept(FileKeys.id(each.key())))
                                        .thenApply(deleted ->
                                                deleted ? Optional.<BucketList.Entry>empty() : Optional.of(each))
                                : CompletableFuture.completedFuture(Optional.of(each)))
                        .toList())
                .thenApply(left -> left.stream().flatMap(Optional::stream).toList());
    }

    private static boolean isOld(BucketList.Entry file, Instant oldest) {
        return file.kind() == FileKeys.Kind.PENDING && file.changedAt().isBefore(oldest);
    }

    /**
     * Now and then, begins to delete the old files among the next 1 000 pending ones, and old uploads. A failure is
     * logged only: nobody waits for it.
     */
    void deleteSome() {
        if (!isTime()) {
            return;
        }
        CompletableFuture<Void> unused = requests.list(keys.all(FileKeys.Kind.PENDING), position)
                .thenCompose(this::deleteOldIn)
                .thenCompose(done -> requests.uploads(keys.all(FileKeys.Kind.PENDING)))
                .thenCompose(this::abortOld)
                .exceptionally(failure -> {
                    if (warnings.permits()) {
                        log.warn("old files were not deleted: {}", failure.getMessage());
                    }
                    return null;
                });
    }

    private synchronized boolean isTime() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return false;
        }
        nextLook = now.plus(PERIOD);
        return true;
    }

    private CompletableFuture<Void> deleteOldIn(ListObjectsV2Response page) {
        List<BucketList.Entry> entries = BucketList.entries(FileKeys.Kind.PENDING, page);
        boolean more = Boolean.TRUE.equals(page.isTruncated()) && !entries.isEmpty();
        position = more ? entries.get(entries.size() - 1).key() : "";
        return deleteOld(entries).thenApply(left -> null);
    }

    private CompletableFuture<Void> abortOld(ListMultipartUploadsResponse page) {
        Instant oldest = oldest();
        return Futures.all(page.uploads().stream()
                .filter(each -> each.initiated().isBefore(oldest))
                .map(each -> requests.abort(each.key(), each.uploadId()))
                .toList());
    }
}
