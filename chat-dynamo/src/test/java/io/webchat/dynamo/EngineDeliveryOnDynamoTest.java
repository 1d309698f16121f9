package io.webchat.dynamo;

import io.webchat.core.engine.direct.DeliverySuite;
import org.junit.jupiter.api.Tag;

/** Sending and delivery in 1:1 conversations keep their guarantees over a call log on DynamoDB. */
@Tag("full")
final class EngineDeliveryOnDynamoTest extends DeliverySuite implements DynamoEngineBackends.Factory {}
