/** Tests of the policies of an application, through the engine. */
@NullMarked
package io.webchat.core.engine.policy;

import org.jspecify.annotations.NullMarked;
