package io.webchat.dynamo.internal.files;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import io.webchat.core.spi.support.Failures;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** Turns failures of the AWS SDK into the failures that the SPI promises. */
final class S3Errors {
    private static final int NOT_FOUND = 404;
    /** Another writer of the object is at work. */
    private static final int CONFLICT = 409;

    private static final int PRECONDITION_FAILED = 412;

    private S3Errors() {}

    /** Whether there is no object with that key. */
    static boolean isMissing(Throwable failure) {
        return Failures.unwrap(failure) instanceof AwsServiceException refusal
                && refusal.statusCode() == NOT_FOUND
                && !"NoSuchBucket".equals(code(refusal));
    }

    /** Whether there is an object, or about to be one, where none should have been. */
    static boolean isPresent(Throwable failure) {
        return Failures.unwrap(failure) instanceof AwsServiceException refusal
                && (refusal.statusCode() == PRECONDITION_FAILED || refusal.statusCode() == CONFLICT);
    }

    /** Returns the failure for the caller: {@code unavailable}, with S3's own name for it and without keys. */
    static ChatException toCaller(String request, Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof ChatException known
                ? known
                : new ChatException(ErrorCode.UNAVAILABLE, request + " of the files fails: " + sentence(cause), cause);
    }

    private static String sentence(Throwable cause) {
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return "S3 does not answer in time";
        }
        if (cause instanceof AwsServiceException refusal) {
            return (refusal.isThrottlingException() ? "S3 is busy: " : "S3 refuses: ") + code(refusal);
        }
        return "there is no connection to S3";
    }

    private static String code(AwsServiceException refusal) {
        @Nullable AwsErrorDetails details = refusal.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null || code.isBlank() ? "HTTP status " + refusal.statusCode() : code;
    }
}
