package io.webchat.dynamo.internal.files;

import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists the objects of a user: a request for each 1 000 of them. */
record BucketList(S3Requests requests, FileKeys keys) {
    /**
     * A listed object.
     *
     * @param kind PENDING or KEPT
     * @param changedAt the time of its last change, by the clock of S3
     */
    record Entry(String key, FileKeys.Kind kind, long bytes, Instant changedAt) {}

    /** Returns the files of a user. One that is just being kept is there once, as a kept one. */
    CompletableFuture<List<Entry>> of(UserId owner) {
        CompletableFuture<List<Entry>> pending = all(FileKeys.Kind.PENDING, owner);
        CompletableFuture<List<Entry>> kept = all(FileKeys.Kind.KEPT, owner);
        return pending.thenCombine(kept, (first, second) -> {
            Map<AttachmentId, Entry> files = new LinkedHashMap<>();
            first.forEach(each -> files.put(FileKeys.id(each.key), each));
            second.forEach(each -> files.put(FileKeys.id(each.key), each));
            return List.copyOf(files.values());
        });
    }

    private CompletableFuture<List<Entry>> all(FileKeys.Kind kind, UserId owner) {
        return more(kind, keys.of(kind, owner), new ArrayList<>());
    }

    private CompletableFuture<List<Entry>> more(FileKeys.Kind kind, String prefix, List<Entry> found) {
        String after = found.isEmpty() ? "" : found.get(found.size() - 1).key;
        return requests.list(prefix, after).thenCompose(page -> {
            found.addAll(entries(kind, page));
            boolean more =
                    Boolean.TRUE.equals(page.isTruncated()) && !page.contents().isEmpty();
            return more ? more(kind, prefix, found) : CompletableFuture.completedFuture(found);
        });
    }

    static List<Entry> entries(FileKeys.Kind kind, ListObjectsV2Response page) {
        return page.contents().stream().map(each -> entry(kind, each)).toList();
    }

    private static Entry entry(FileKeys.Kind kind, S3Object object) {
        return new Entry(object.key(), kind, object.size(), object.lastModified());
    }
}
