package io.webchat.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.webchat.core.ErrorCode;
import io.webchat.core.Page;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cursors that no server gave out. */
final class BadCursors {
    private static final long SEED = 20_200_524;
    private static final int DAMAGED = 300;

    /** Texts that can be no cursor, whatever a cursor looks like. */
    static final List<String> ALL = List.of(
            " ",
            "?",
            "null",
            "0",
            "-1",
            "9223372036854775808",
            "not a cursor",
            "%00",
            "\u0000",
            "한글",
            "👋",
            "\ud800",
            "../../etc/passwd",
            "{\"pk\":\"C#x\"}",
            "A".repeat(10_000));

    private BadCursors() {}

    /** What a cursor becomes when it is cut, lengthened or changed at random, the same in every run. */
    static Stream<String> damaged(String cursor) {
        Random random = new Random(SEED);
        return IntStream.range(0, DAMAGED)
                .mapToObj(i -> damage(cursor, random))
                .filter(each -> !each.isEmpty() && !each.equals(cursor));
    }

    private static String damage(String cursor, Random random) {
        int at = random.nextInt(cursor.length());
        char any = (char) (33 + random.nextInt(94));
        return switch (random.nextInt(5)) {
            case 0 -> cursor.substring(0, at);
            case 1 -> cursor.substring(at);
            case 2 -> cursor.substring(0, at) + any + cursor.substring(at);
            case 3 -> cursor.substring(0, at) + any + cursor.substring(at + 1);
            default -> cursor + any;
        };
    }

    /** The stage ends in a page or in {@code bad_request}, nothing else. */
    static <T> void assertHarmless(CompletionStage<Page<T>> stage) {
        boolean refused = Answers.of(stage.handle((page, failure) -> failure != null));
        if (refused) {
            Answers.assertRefused(ErrorCode.BAD_REQUEST, stage);
        } else {
            assertThat(Answers.of(stage).items()).hasSizeLessThanOrEqualTo(2);
        }
    }
}
