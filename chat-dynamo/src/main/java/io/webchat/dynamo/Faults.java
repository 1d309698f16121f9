package io.webchat.dynamo;

import io.webchat.core.ChatException;
import io.webchat.core.ErrorCode;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Turns the SDK's failures into the one of the SPI. */
final class Faults {
    private Faults() {}

    /** What completed a stage exceptionally, without the wrapping. */
    static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** Whether DynamoDB said that it has too much to do, and to come back later. */
    static boolean throttled(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ChatException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof AwsServiceException refusal && refusal.isThrottlingException();
    }

    /** What the caller gets: an answer that is to be judged, such as a condition that does not hold, as it is. */
    static RuntimeException toCaller(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof ConditionalCheckFailedException condition) {
            return condition;
        }
        if (cause instanceof TransactionCanceledException cancelled) {
            return cancelled;
        }
        if (cause instanceof ChatException known) {
            return known;
        }
        return new ChatException(ErrorCode.UNAVAILABLE, sentence(cause), cause);
    }

    /** What went wrong, without anything that tells of keys or accounts. */
    static String sentence(Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            return "the table does not exist";
        }
        if (cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException) {
            return "DynamoDB does not answer in time";
        }
        if (cause instanceof AwsServiceException refusal) {
            return throttled(refusal) ? "DynamoDB is busy" : "DynamoDB refuses";
        }
        return "there is no connection to DynamoDB";
    }

    static ChatException unavailable(String sentence) {
        return new ChatException(ErrorCode.UNAVAILABLE, sentence);
    }
}
