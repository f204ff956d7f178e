/** SOAP 1.1, section 3. */
export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
/** Web Services Addressing 1.0. */
export const addressingNamespace = 'http://www.w3.org/2005/08/addressing'
/** TH e-GIF: the document. */
export const documentNamespace = 'urn:th:gov:egif:data:standard:GovernmentDocument:1.0'
/** TH e-GIF: what documents are made of. */
export const partsNamespace = 'urn:th:gov:egif:data:standard:ReusableAggregateBusinessInformationEntity:1'

/** The namespace of the parts as it is written, and as programs at work in agencies misspell it. */
const partsAsWritten = /^urn:th:gov:egif:data:standard:Reuse?ableAggregateBusinessInforma(?:t)?ionEntity:1$/

/** Whether a document or a part of one may be in `namespace`; some programs exchange the two. */
export const isStandardNamespace = (namespace: string): boolean =>
  namespace === documentNamespace || partsAsWritten.test(namespace)
