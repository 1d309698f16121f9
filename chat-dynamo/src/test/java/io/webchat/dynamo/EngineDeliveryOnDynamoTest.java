package io.webchat.dynamo;

import io.webchat.core.engine.direct.DeliverySuite;
import org.junit.jupiter.api.Tag;

/**
 * Sending and delivery in 1:1 conversations keep their guarantees on DynamoDB.
 *
 * <p>On a busy machine DynamoDB Local is too slow for the bursts of this suite. A queue then answers
 * {@code unavailable}.
 */
@Tag("full")
final class EngineDeliveryOnDynamoTest extends DeliverySuite implements DynamoEngineBackends.Factory {}
