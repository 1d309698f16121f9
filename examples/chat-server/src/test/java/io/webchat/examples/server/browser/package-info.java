/**
 * The web client in a real browser, as people use it: {@link io.webchat.examples.server.browser.Person} acts and sees,
 * {@link io.webchat.examples.server.browser.Stage} is what all tests share, and no test passes in which a page wrote an
 * error to its console.
 */
@NullMarked
package io.webchat.examples.server.browser;

import org.jspecify.annotations.NullMarked;
