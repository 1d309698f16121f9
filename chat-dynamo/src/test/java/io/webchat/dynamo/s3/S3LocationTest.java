package io.webchat.dynamo.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket and a prefix are read from one text, and a wrong name is refused. */
final class S3LocationTest {
    @ParameterizedTest
    @CsvSource({
        "my-bucket, my-bucket, ''",
        "my-bucket/, my-bucket, ''",
        "my.bucket/chat, my.bucket, chat/",
        "my-bucket/a/b/, my-bucket, a/b/",
    })
    void a_place_is_a_bucket_and_a_prefix(String text, String bucket, String prefix) {
        assertThat(S3Location.parse(text)).isEqualTo(new S3Location(bucket, prefix));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "UPPER", "under_score", "-bucket", "bucket-", "bucket/a b", "bucket/ä/"})
    void another_name_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> S3Location.parse(text));
    }
}
